/**
 * VS Code's four kinds of theme, reduced to the variables the preview reads. Values as in the themes that VS Code ships
 * (Light Modern, Dark Modern, and the two high-contrast ones).
 */
export const THEMES = {
  light: {
    bodyClass: "vscode-light",
    variables: {
      "--vscode-foreground": "#3b3b3b",
      "--vscode-editor-background": "#ffffff",
      "--vscode-descriptionForeground": "#3b3b3b",
      "--vscode-panel-border": "#e5e5e5",
      "--vscode-sideBar-background": "#f8f8f8",
      "--vscode-focusBorder": "#005fb8",
      "--vscode-textLink-foreground": "#005fb8",
      "--vscode-input-background": "#ffffff",
      "--vscode-input-foreground": "#3b3b3b",
      "--vscode-input-border": "#cecece",
      "--vscode-dropdown-background": "#ffffff",
      "--vscode-dropdown-foreground": "#3b3b3b",
    },
  },
  dark: {
    bodyClass: "vscode-dark",
    variables: {
      "--vscode-foreground": "#cccccc",
      "--vscode-editor-background": "#1f1f1f",
      "--vscode-descriptionForeground": "#9d9d9d",
      "--vscode-panel-border": "#2b2b2b",
      "--vscode-sideBar-background": "#181818",
      "--vscode-focusBorder": "#0078d4",
      "--vscode-textLink-foreground": "#4daafc",
      "--vscode-input-background": "#313131",
      "--vscode-input-foreground": "#cccccc",
      "--vscode-input-border": "#3c3c3c",
      "--vscode-dropdown-background": "#313131",
      "--vscode-dropdown-foreground": "#cccccc",
    },
  },
  "high-contrast": {
    bodyClass: "vscode-high-contrast",
    variables: {
      "--vscode-foreground": "#ffffff",
      "--vscode-editor-background": "#000000",
      "--vscode-descriptionForeground": "#ffffff",
      "--vscode-contrastBorder": "#6fc3df",
      "--vscode-panel-border": "#6fc3df",
      "--vscode-sideBar-background": "#000000",
      "--vscode-focusBorder": "#f38518",
      "--vscode-textLink-foreground": "#21a6ff",
      "--vscode-input-background": "#000000",
      "--vscode-input-foreground": "#ffffff",
      "--vscode-input-border": "#6fc3df",
      "--vscode-dropdown-background": "#000000",
      "--vscode-dropdown-foreground": "#ffffff",
    },
  },
  "high-contrast-light": {
    bodyClass: "vscode-high-contrast vscode-high-contrast-light",
    variables: {
      "--vscode-foreground": "#292929",
      "--vscode-editor-background": "#ffffff",
      "--vscode-descriptionForeground": "#292929",
      "--vscode-contrastBorder": "#0f4a85",
      "--vscode-panel-border": "#0f4a85",
      "--vscode-sideBar-background": "#ffffff",
      "--vscode-focusBorder": "#006bbd",
      "--vscode-textLink-foreground": "#0f4a85",
      "--vscode-input-background": "#ffffff",
      "--vscode-input-foreground": "#292929",
      "--vscode-input-border": "#0f4a85",
      "--vscode-dropdown-background": "#ffffff",
      "--vscode-dropdown-foreground": "#292929",
    },
  },
} as const;

export type Theme = keyof typeof THEMES;

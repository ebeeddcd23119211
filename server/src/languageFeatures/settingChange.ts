import * as z from "zod/mini";

/**
 * A command of the client that changes a setting of `cimd`; code actions name it, the palette does not list it. Its
 * argument is a `SettingChange`.
 */
export const CHANGE_SETTING = "_cimd.changeSetting";
export const SettingChange = z.union([
  z.object({ setting: z.literal("servers"), servers: z.array(z.string()) }),
  z.object({
    setting: z.literal("rules"),
    /** Of several, the person chooses one. */
    rules: z.array(z.string()).check(z.minLength(1)),
    severity: z.enum(["error", "warning", "information", "hint", "off"]),
  }),
]);
export type SettingChange = z.infer<typeof SettingChange>;

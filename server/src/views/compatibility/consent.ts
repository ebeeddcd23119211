import { say, translated } from "../../localisation/say.js";
import type { ConsentFacts } from "../../servers/profile.js";
import { shownHost } from "../consent/hosts.js";
import type { Cell, Statement } from "./compatibilityView.js";
import { type Evaluated, isRefused, linkTo } from "./evaluated.js";

type Fact = ConsentFacts["shows"][number];

/** What people see before they agree, as far as the profile tells. */
export function consentCell(evaluated: Evaluated): Cell {
  const {
    document,
    server: { name, consent },
  } = evaluated;
  if (isRefused(evaluated)) {
    const text = say`Nobody sees a consent screen, because ${name} refuses the document.`;
    return {
      outcome: "unreached",
      word: say`Not reached`,
      statements: [{ outcome: "unreached", text }],
    };
  }
  if (!consent) {
    const text = say`What ${name} shows before a person agrees is not known.`;
    return { outcome: "unknown", word: say`Unknown`, statements: [{ outcome: "unknown", text }] };
  }
  const note: Statement[] = consent.note === "" ? [] : [{ outcome: "told", text: translated(consent.note) }];
  if (consent.shows.length === 0) return { outcome: "told", word: say`Note`, statements: note };
  const shown = consent.shows.map((fact): Statement => {
    const { value, member } = whatOf(fact, evaluated);
    return {
      outcome: "told",
      about: nameOf(fact),
      text: value,
      ...(member !== undefined && document.has(member) ? { link: linkTo(document, `/${member}`) } : {}),
    };
  });
  return {
    outcome: "told",
    word: consent.shows.map(nameOf).join(", "),
    statements: [...shown, ...note],
  };
}

function nameOf(fact: Fact): string {
  switch (fact) {
    case "client-name":
      return say`name`;
    case "client-id":
      return "client_id";
    case "client-id-host":
      return say`domain`;
    case "redirect-uri":
      return say`redirect URI`;
    case "redirect-host":
      return say`redirect host`;
    case "scopes":
      return say`scopes`;
    case "logo":
      return say`logo`;
    case "client-uri":
      return say`website`;
    case "localhost-warning":
      return say`localhost warning`;
  }
}

/** What the document makes appear there, and the member that it comes from. */
function whatOf(fact: Fact, { document }: Evaluated): { value: string; member?: string } {
  const text = (member: string) => ({
    value: document.string(member)?.value || say`The document has none.`,
    member,
  });
  switch (fact) {
    case "client-name":
      return text("client_name");
    case "client-id":
      return { value: document.url ?? say`The document has none.`, member: "client_id" };
    case "client-id-host":
      return { value: shownHost(document.url ?? "") ?? say`The document has none.`, member: "client_id" };
    case "redirect-uri":
    case "redirect-host":
      return { value: say`Of the redirect URI that the client sends.`, member: "redirect_uris" };
    case "scopes":
      return { value: say`Of the request that the client sends.`, member: "scope" };
    case "logo":
      return text("logo_uri");
    case "client-uri":
      return text("client_uri");
    case "localhost-warning":
      return { value: say`When the redirect URI leads to this computer.`, member: "redirect_uris" };
  }
}

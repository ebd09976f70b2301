// What `netsh int ipv4 show dynamicport tcp` and `... excludedportrange tcp` print, in three languages. Wording: samples of
// consoles that people published, as kept with the project's reference samples (dynamicport-*, excludedportrange-*).

export type Language = "en" | "de" | "fr";

export type ExclusionLine = { readonly startPort: number; readonly endPort: number; readonly isAdministered: boolean };

const RULER = "---------------------------------";

const RANGE_WORDS = {
  en: ["Protocol tcp Dynamic Port Range", "Start Port      : ", "Number of Ports : "],
  de: ["Protokoll tcp Dynamischer Portbereich", "Startport      : ", "Anzahl von Ports : "],
  fr: ["Plage de ports dynamique du protocole tcp", "Port de démarrage   : ", "Nombre de ports     : "],
} as const satisfies Readonly<Record<Language, readonly [string, string, string]>>;

export type TextOf = { readonly language: Language; readonly protocol: "tcp" | "udp" };

export const dynamicPortText = (start: number, ports: number, { language, protocol }: TextOf): readonly string[] => {
  const [title, startWord, portsWord] = RANGE_WORDS[language];
  return ["", title.replace("tcp", protocol), RULER, `${startWord}${start}`, `${portsWord}${ports}`, ""];
};

const EXCLUSION_WORDS = {
  en: ["Protocol tcp Port Exclusion Ranges", "Start Port    End Port", "Administered port exclusions."],
  de: ['Portausschlussbereiche für das Protokoll "tcp"', "Startport      Endport", "Verwaltete Portausschlüsse."],
  fr: ["Protocole tcp Plages d'exclusion de ports", "Port de début    Port de fin", "Exclusions de ports gérées."],
} as const satisfies Readonly<Record<Language, readonly [string, string, string]>>;

const exclusionLine = ({ startPort, endPort, isAdministered }: ExclusionLine): string =>
  `${String(startPort).padStart(10)}${String(endPort).padStart(12)}     ${isAdministered ? "*" : " "}`;

export const excludedPortText = (
  exclusions: readonly ExclusionLine[],
  { language, protocol }: TextOf,
): readonly string[] => {
  const [title, columns, footnote] = EXCLUSION_WORDS[language];
  return [
    "",
    title.replace("tcp", protocol),
    "",
    columns,
    "----------    --------",
    ...exclusions.map(exclusionLine),
    "",
    `* - ${footnote}`,
    "",
  ];
};

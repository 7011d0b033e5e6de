/** What a formatted text says without its marks, for readers that know no markdown. */
export const plainText = (markdown: string): string =>
  markdown
    .replaceAll(/^ {0,3}(`{3,}|~{3,}).*$/gm, '')
    .replaceAll(/^ {0,3}#{1,6} +/gm, '')
    .replaceAll(/^ {0,3}>+ ?/gm, '')
    .replaceAll(/!?\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replaceAll(/(\*\*\*|\*\*|\*)(?=\S)([^*\n]*[^*\s])\1/g, '$2')
    .replaceAll(/(?<![\p{L}\p{N}_])(__|_)(?=\S)([^_\n]*[^_\s])\1(?![\p{L}\p{N}_])/gu, '$2')
    .replaceAll(/~~(?=\S)([^~\n]*[^~\s])~~/g, '$1')
    .replaceAll(/`([^`\n]+)`/g, '$1')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!>~|])/g, '$1')
    .trim();

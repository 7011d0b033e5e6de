/**
 * What sounds alike in Greek names however they are spelt in Latin letters, as one spelling. Longer spellings
 * are read before shorter ones; what is not here stays.
 */
const sounds: Record<string, string> = {
  ngk: 'g',
  // Vowels: η, ι, υ, ει, οι; αι, ε; ου; and αυ, ευ before their consonant.
  ou: 'u',
  ai: 'e',
  ei: 'i',
  oi: 'i',
  yi: 'i',
  oy: 'u',
  au: 'af',
  ay: 'af',
  eu: 'ef',
  ey: 'ef',
  y: 'i',
  w: 'o',
  // γ before ε and ι is a y: Georgiou and Yeoryiou, Giorgos and Yiorgos.
  ge: 'ie',
  gi: 'i',
  gy: 'i',
  // Lips: β, φ, μπ.
  v: 'f',
  b: 'f',
  ph: 'f',
  mp: 'f',
  mb: 'f',
  // Teeth: ντ, θ, τζ.
  nt: 'd',
  nd: 'd',
  th: 't',
  tz: 'z',
  dz: 'z',
  j: 'z',
  // Throat: γγ, γκ, χ, κ, ξ.
  gg: 'g',
  gk: 'g',
  ng: 'g',
  ch: 'h',
  kh: 'h',
  ck: 'k',
  c: 'k',
  q: 'k',
  ks: 'x',
  cs: 'x',
};

const spellings = Object.keys(sounds).sort((a, b) => b.length - a.length);
const anySpelling = new RegExp(spellings.join('|'), 'g');

/** A sound that is written twice is heard once. */
const heardOnce = (key: string): string => key.replace(/(.)\1+/g, '$1');

/** How a folded word sounds: `papadopoulos` and `papadopulos` are one. */
export const soundOf = (word: string): string =>
  heardOnce(word.replace(anySpelling, (spelling) => sounds[spelling] ?? ''));

/** Every way a folded word of a name is indexed: χ is also written as x, `Xristos`. */
export const soundsOf = (word: string): string[] => {
  const sound = soundOf(word);
  const withX = word.includes('ch') ? soundOf(word.replaceAll('ch', 'x')) : sound;
  return withX === sound ? [sound] : [sound, withX];
};

/**
 * How a word that is still being typed may begin to sound. Its last letters may be the first of a longer spelling:
 * `papado` begins `papadou` too, which sounds `papadu`. For every beginning of a word, one of these begins the
 * word's sound.
 */
export const soundPrefixesOf = (beginning: string): string[] => {
  const prefixes = new Set([soundOf(beginning)]);
  for (let open = 1; open <= Math.min(2, beginning.length); open += 1) {
    const tail = beginning.slice(-open);
    const head = beginning.slice(0, -open);
    for (const spelling of spellings)
      if (spelling.length > open && spelling.startsWith(tail))
        prefixes.add(heardOnce(soundOf(head) + (sounds[spelling] ?? '')));
  }
  const all = [...prefixes].filter((prefix) => prefix !== '');
  return all.filter((prefix) => !all.some((other) => other !== prefix && prefix.startsWith(other)));
};

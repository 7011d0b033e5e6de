import { memo, useLayoutEffect, useRef } from 'react';
import { alertIcons, statusIcons } from '../../ui/icons.ts';

const icons = { ...statusIcons, ...alertIcons };
const names = Object.keys(icons) as GlyphName[];

type GlyphName = keyof typeof icons;

/**
 * Draws every icon of the cards once and makes a picture of each in its colour, for the background of a span. Drawings
 * would be three times the elements of a card, and a mask in the colour of the text is a layer of its own: with either,
 * eight hundred cards open later.
 */
export const GlyphSheet = memo(() => {
  const drawn = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const sheet = new CSSStyleSheet();
    const fill = () => sheet.replaceSync([...(drawn.current?.children ?? [])].map(pictureRule).join('\n'));
    fill();
    document.adoptedStyleSheets.push(sheet);
    // Light and dark have their own colours.
    const themes = new MutationObserver(fill);
    themes.observe(document.documentElement, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => {
      themes.disconnect();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, []);
  return (
    <div ref={drawn} className="glyph-sheet" hidden>
      {names.map((name) => {
        const Icon = icons[name];
        const kind = name in alertIcons ? 'alert' : 'status';
        return <Icon key={name} stroke={2} className={kind} data-status={name} data-alert={name} />;
      })}
    </div>
  );
});

const pictureRule = (icon: Element, index: number): string => {
  const drawing = new XMLSerializer().serializeToString(icon);
  const picture = encodeURIComponent(drawing.replaceAll('currentColor', getComputedStyle(icon).color));
  return `[data-glyph="${names[index]}"] { background-image: url("data:image/svg+xml,${picture}"); }`;
};

/** The icon of a status or an alert, in its colour. */
export const Glyph = ({ name }: { name: GlyphName }) => (
  <span className="glyph" data-glyph={name} aria-hidden="true" />
);

import { Component, type ComponentPropsWithoutRef, memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown from 'react-markdown';
import classes from './messages.module.css';

/** Where a link of a message may lead; every other kind of address is shown as its words. */
const followed = /^(https?:\/\/|mailto:)/i;

/** The address of a link if it may be followed, and else nothing. */
export const safeAddress = (address: string): string => (followed.test(address.trim()) ? address.trim() : '');

/** What is drawn; everything else loses its frame and keeps its words. */
const allowed = [
  'p',
  'br',
  'strong',
  'em',
  'code',
  'pre',
  'blockquote',
  'ul',
  'ol',
  'li',
  'a',
  'hr',
  'img',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
] as const;

/** Beyond this nobody reads on, and a parser that calls itself for each level might not come back. */
const MAX_DEPTH = 40;
const isTooDeep = (text: string): boolean =>
  text.split('\n').some((line) => {
    const start = /^[\s>*+\-\d.)]*/.exec(line)?.[0] ?? '';
    return start.replaceAll(/\s/g, '').length > MAX_DEPTH || start.length > 4 * MAX_DEPTH;
  }) || /[[*_(]{200,}/.test(text);

/**
 * A message's formatted text. HTML in it is not read, images are named and not loaded, links open outside and only
 * where they lead to the web or a letter. A text that cannot be drawn is shown as it was written.
 */
export const MessageText = memo(({ markdown }: { markdown: string }) => {
  const plain = <p className={classes['plain']}>{markdown}</p>;
  if (isTooDeep(markdown)) return plain;
  return (
    <Fallback key={markdown} instead={plain}>
      <div className={classes['text']}>
        <Markdown
          skipHtml
          allowedElements={allowed}
          unwrapDisallowed
          urlTransform={safeAddress}
          components={{
            a: Link,
            img: ImageName,
            h1: Title,
            h2: Title,
            h3: Title,
            h4: Title,
            h5: Title,
            h6: Title,
          }}
        >
          {markdown}
        </Markdown>
      </div>
    </Fallback>
  );
});
MessageText.displayName = 'MessageText';

const Link = ({ href, children }: ComponentPropsWithoutRef<'a'>) =>
  href ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" title={href}>
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );

const ImageName = ({ alt }: ComponentPropsWithoutRef<'img'>) => {
  const { t } = useTranslation();
  return <span className="soft">[{alt || t('messages.image')}]</span>;
};

/** A heading of a message is no heading of the page. */
const Title = ({ children }: { children?: ReactNode }) => <p className={classes['title']}>{children}</p>;

/** Shows something else where drawing failed, and leaves the rest of the window alone. */
class Fallback extends Component<{ instead: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}

import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import './paper.css';

/**
 * What the printer gets, beside the screen and apart from it: while this is mounted, printing the page prints this and
 * nothing else. `size` names the paper.
 */
export const PrintRoot = ({
  size,
  lang,
  children,
}: {
  size: 'a4' | 'label' | 'a4-landscape';
  lang?: string;
  children: ReactNode;
}) => {
  useEffect(() => {
    document.documentElement.dataset['printing'] = 'true';
    return () => {
      delete document.documentElement.dataset['printing'];
    };
  }, []);
  return createPortal(
    <div className="print-root paper" data-size={size} lang={lang} aria-hidden="true">
      {children}
    </div>,
    document.body,
  );
};

import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** The heading of a step. It takes the focus where the button that led here has gone with its step. */
export const StepTitle = ({ step }: { step: 'title' | 'chooseTitle' | 'lookTitle' | 'runTitle' }) => {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) title.current?.focus();
  }, []);
  return (
    <h2 ref={title} id="imports-title" tabIndex={-1}>
      {t(`imports.${step}`)}
    </h2>
  );
};

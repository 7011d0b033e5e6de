import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PrintRoot } from '../../ui/print-root.tsx';
import classes from './account.module.css';

/** The recovery codes, this once: to be printed, copied or written down before going on. */
export const RecoveryCodes = ({
  codes,
  name,
  onKept,
}: {
  codes: readonly string[];
  name: string;
  onKept: () => void;
}) => {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <section className={classes['step']} aria-labelledby="recovery-codes">
      <h3 id="recovery-codes">{t('account.codes.title')}</h3>
      <p>{t('account.codes.hint')}</p>
      <CodeList codes={codes} />
      <Group gap="sm">
        <Button ref={first} variant="default" onClick={() => window.print()}>
          {t('account.codes.print')}
        </Button>
        <Button variant="default" onClick={() => void copy()}>
          {t('account.codes.copy')}
        </Button>
        <span role="status" className="soft">
          {copied && t('account.codes.copied')}
        </span>
        <Button ml="auto" onClick={onKept}>
          {t('account.codes.kept')}
        </Button>
      </Group>
      <PrintRoot size="a4">
        <h1>{t('account.codes.printTitle', { name })}</h1>
        <p>{t('account.codes.printHint')}</p>
        <CodeList codes={codes} />
      </PrintRoot>
    </section>
  );
};

const CodeList = ({ codes }: { codes: readonly string[] }) => (
  <ul className={classes['codes']}>
    {codes.map((code) => (
      <li key={code}>
        <code>{code}</code>
      </li>
    ))}
  </ul>
);

import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallError } from '../../../src-main/contract/errors.ts';
import { ImportError } from '../../../src-main/contract/imports.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useErrorText } from '../../app/messages.ts';

/** Says why a source cannot be read, or why an import stands still. */
export const useImportError = () => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { zone } = useClinic();
  const sentence = useCallback(
    ({ code, where }: ImportError): string =>
      where === null
        ? t(`imports.error.${code}`)
        : `${t(`imports.error.${code}`)} ${t('imports.where', { where })}`,
    [t],
  );
  const ofCall = useCallback(
    (error: CallError): string => {
      const told = ImportError.safeParse({ where: null, ...error.details });
      return error.code === 'import_unreadable' && told.success
        ? sentence(told.data)
        : errorText(error, zone);
    },
    [sentence, errorText, zone],
  );
  return { sentence, ofCall };
};

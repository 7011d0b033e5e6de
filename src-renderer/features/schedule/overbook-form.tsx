import { Button, Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKept } from '../../app/kept.ts';
import { useMay } from '../../app/rights.ts';

/** Asks whoever may overbook for the reason that it needs; nothing for anybody else. */
export const OverbookForm = ({
  label,
  onOverbook,
}: {
  label: string;
  onOverbook: (reason: string) => void;
}) => {
  const { t } = useTranslation();
  const mayOverbook = useMay('schedule.overbook');
  const [reason, setReason] = useKept('reason', '');
  if (!mayOverbook) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim().length >= 3) onOverbook(reason.trim());
      }}
    >
      <Group align="flex-end" gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          label={label}
          maxLength={255}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={reason.trim().length < 3}>
          {t('board.refused.overbook')}
        </Button>
      </Group>
    </form>
  );
};

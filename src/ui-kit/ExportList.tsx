/** The button that lists the export formats. */
import { DropdownMenu } from 'radix-ui';
import { ChevronIcon } from './icons.tsx';

export interface OfferedFormat<Format extends string> {
  readonly format: Format;
  readonly words: string;
  /** What is in it. */
  readonly note: string;
}

interface ExportListProps<Format extends string> {
  /** What is exported, counted: "3 results". */
  readonly what: string;
  readonly label?: string;
  readonly disabled: boolean;
  readonly formats: readonly OfferedFormat<Format>[];
  readonly onExport: (format: Format) => void;
}

export function ExportList<Format extends string>({
  what,
  label = 'Export',
  disabled,
  formats,
  onExport,
}: ExportListProps<Format>) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button" disabled={disabled}>
        {label}
        <ChevronIcon />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="list" sideOffset={4} align="end" collisionPadding={8}>
          <DropdownMenu.Label className="list-heading export-heading">{what} as</DropdownMenu.Label>
          {formats.map(({ format, words, note }) => (
            <DropdownMenu.Item
              key={format}
              className="list-item export-item"
              onSelect={() => onExport(format)}
            >
              <span>
                {words} <span className="list-note">{note}</span>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

import {
  Combobox as ComboboxFrame,
  ComboboxPopover,
  Listbox,
  ListboxOption,
  Textbox,
} from "@utrecht/component-library-react";
import { useEffect, useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { findByName } from "../lib/search.ts";
import { FieldFrame, describedBy } from "./fields.tsx";
import { uiWords } from "./words.ts";

interface Item {
  id: string;
  name: string;
}

interface Props {
  label: string;
  items: readonly Item[];
  /** The items are still to come. What is typed until then is chosen from them when they have. */
  loading?: boolean;
  /** Id of the chosen item; empty if nothing is chosen. */
  value: string;
  onChange: (id: string) => void;
  description?: string;
  error?: string | undefined;
  disabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
}

const SHOWN_MAX = 60;

function useCombobox({ items, loading = false, value, onChange }: Props) {
  const chosen = items.find((item) => item.id === value);
  // Text while somebody types; undefined: the name of what is chosen.
  const [typed, setTyped] = useState<string>();
  // Text whose first match is wanted as soon as there are items.
  const [wanted, setWanted] = useState<string>();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = findByName(items, typed ?? "").slice(0, SHOWN_MAX);

  const close = () => {
    setOpen(false);
    setActive(-1);
    setTyped(undefined);
  };
  const choose = (item: Item) => {
    onChange(item.id);
    close();
  };
  const first = wanted === undefined || loading ? undefined : findByName(items, wanted)[0];
  if (wanted !== undefined && !loading && (!first || first.id === value)) setWanted(undefined);
  useEffect(() => {
    if (first) onChange(first.id);
  }, [first, onChange]);
  const want = () => {
    setWanted(typed);
    close();
  };
  const type = (text: string) => {
    setWanted(undefined);
    setTyped(text);
    setOpen(true);
    setActive(text.trim() ? 0 : -1);
    if (!text.trim()) onChange("");
  };
  const move = (to: number) => {
    setOpen(true);
    setActive(Math.max(0, Math.min(found.length - 1, to)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const item = found[active];
    if (event.key === "ArrowDown") move(active + 1);
    else if (event.key === "ArrowUp") move(active - 1);
    else if (event.key === "PageDown" && open) move(active + 8);
    else if (event.key === "PageUp" && open) move(active - 8);
    else if (event.key === "Enter" && open && item) choose(item);
    else if (event.key === "Enter" && loading && typed?.trim()) want();
    else if (event.key === "Escape" && open) close();
    else {
      if (event.key === "Tab" && open && typed?.trim()) {
        if (item) choose(item);
        else if (loading) want();
      }
      return;
    }
    event.preventDefault();
  };
  return {
    text: typed ?? wanted ?? chosen?.name ?? "",
    open,
    active,
    found,
    close,
    choose,
    type,
    onKeyDown,
    setOpen,
  };
}

/** A field to search in a list and choose one, by keyboard or by mouse. */
export function Combobox(props: Props) {
  const { label, description, error, disabled, inputRef, className } = props;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const box = useCombobox(props);
  const optionId = (place: number) => `${id}-keuze-${place}`;
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [box.active]);
  return (
    <FieldFrame {...{ id, label, description, error }} className={className ?? ""}>
      <ComboboxFrame>
        <Textbox
          id={id}
          ref={inputRef}
          role="combobox"
          aria-expanded={box.open}
          aria-controls={`${id}-lijst`}
          aria-autocomplete="list"
          aria-activedescendant={
            box.open && box.found[box.active] ? optionId(box.active) : undefined
          }
          aria-describedby={describedBy(id, description, error)}
          invalid={Boolean(error)}
          autoComplete="off"
          spellCheck={false}
          value={box.text}
          disabled={disabled}
          onChange={(event) => box.type(event.target.value)}
          onKeyDown={box.onKeyDown}
          onClick={() => box.setOpen(true)}
          onBlur={box.close}
        />
        <ComboboxPopover
          hidden={!box.open}
          className="utrecht-combobox__popover--block-end wissel-combobox__popover"
        >
          <Options {...{ id, label, list, box, optionId }} loading={props.loading ?? false} />
        </ComboboxPopover>
      </ComboboxFrame>
    </FieldFrame>
  );
}

interface OptionsProps {
  id: string;
  label: string;
  list: Ref<HTMLDivElement>;
  box: ReturnType<typeof useCombobox>;
  loading: boolean;
  optionId: (place: number) => string;
}

function Options({ id, label, list, box, optionId, loading }: OptionsProps) {
  const nothing = loading ? uiWords.listLoading : uiWords.nothingFound;
  return (
    <>
      <Listbox ref={list} id={`${id}-lijst`} aria-label={label} tabIndex={-1}>
        {box.found.map((item, place) => (
          <ListboxOption
            key={item.id}
            id={optionId(place)}
            active={place === box.active}
            selected={place === box.active}
            aria-selected={place === box.active}
            // Not click: the field would lose the focus first and close the list.
            onMouseDown={(event) => {
              event.preventDefault();
              box.choose(item);
            }}
          >
            {item.name}
          </ListboxOption>
        ))}
      </Listbox>
      <p className="wissel-combobox__status" role="status">
        {box.open && box.found.length === 0 && nothing}
      </p>
    </>
  );
}

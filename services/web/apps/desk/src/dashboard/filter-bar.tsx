import { Channel } from "@wissel/api";
import { Link } from "wouter";
import { enumOf } from "../lib/figure-cases.ts";
import { channelLabel } from "../lib/labels.ts";
import { isoMonth, monthWords, parseMonth, type Month } from "../lib/months.ts";
import type { Teams } from "../lib/queries.ts";
import { commonWords } from "../lib/words.ts";
import { useNow } from "../ui/clock.ts";
import { SelectField } from "../ui/fields.tsx";
import {
  filterParams,
  monthAt,
  monthChoices,
  monthsOf,
  presets,
  withEnd,
  type Filters,
} from "./filters.ts";
import { dashboardWords as words } from "./words.ts";

interface Option {
  value: string;
  label: string;
}

interface Props {
  filters: Filters;
  teams: Teams;
  topics: readonly { topicId: string; name: string }[];
  onChange: (filters: Filters) => void;
}

const presetOptions: readonly Option[] = presets.map((value) => ({
  value,
  label: words.preset[value],
}));

/** All of a kind, and the one that is chosen even if it is gone from the list. */
function withChosen(all: string, options: readonly Option[], chosen: string): Option[] {
  const known = chosen === "" || options.some(({ value }) => value === chosen);
  return [
    { value: "", label: all },
    ...options,
    ...(known ? [] : [{ value: chosen, label: chosen }]),
  ];
}

function MonthSelects({ filters, onChange }: Pick<Props, "filters" | "onChange">) {
  const options = monthChoices(monthAt(useNow()), filters.months).map((month) => ({
    value: isoMonth(month),
    label: monthWords(month),
  }));
  const change = (end: "first" | "last") => (text: string) => {
    const month: Month = parseMonth(text) ?? filters.months[end];
    onChange({ ...filters, months: withEnd(filters.months, end, month) });
  };
  return (
    <>
      <SelectField
        label={commonWords.from}
        value={isoMonth(filters.months.first)}
        options={options}
        onChange={change("first")}
      />
      <SelectField
        label={commonWords.upTo}
        value={isoMonth(filters.months.last)}
        options={options}
        onChange={change("last")}
      />
    </>
  );
}

/** What the dashboard is about; the address of the page follows. */
export function FilterBar({ filters, teams, topics, onChange }: Props) {
  const now = useNow();
  const choosePreset = (asked: string) => {
    const preset = presets.find((name) => name === asked) ?? filters.preset;
    const months = preset === "vrij" ? filters.months : monthsOf(preset, monthAt(now));
    onChange({ ...filters, preset, months });
  };
  const channels = Object.entries(channelLabel)
    .filter(([value]) => value !== String(Channel.UNSPECIFIED))
    .map(([value, label]) => ({ value, label }));
  const narrowed = filterParams(filters).size > 0;
  return (
    <section className="wissel-filters wissel-panel" aria-label={words.filters}>
      <SelectField
        label={words.period}
        value={filters.preset}
        options={presetOptions}
        onChange={choosePreset}
      />
      {filters.preset === "vrij" && <MonthSelects filters={filters} onChange={onChange} />}
      <SelectField
        label={commonWords.team}
        value={filters.teamId}
        options={withChosen(
          words.allTeams,
          teams.all.map(({ teamId, name }) => ({ value: teamId, label: name })),
          filters.teamId,
        )}
        onChange={(teamId) => onChange({ ...filters, teamId })}
      />
      <SelectField
        label={commonWords.channel}
        value={filters.channel === Channel.UNSPECIFIED ? "" : String(filters.channel)}
        options={withChosen(channelLabel[Channel.UNSPECIFIED], channels, "")}
        onChange={(value) => onChange({ ...filters, channel: enumOf(value, channelLabel) })}
      />
      <SelectField
        label={commonWords.topic}
        value={filters.topicId}
        options={withChosen(
          words.allTopics,
          topics.map(({ topicId, name }) => ({ value: topicId, label: name })),
          filters.topicId,
        )}
        onChange={(topicId) => onChange({ ...filters, topicId })}
      />
      {narrowed && (
        <Link href="/cijfers" className="utrecht-link utrecht-link--html-a wissel-filters__clear">
          {words.clear}
        </Link>
      )}
    </section>
  );
}

// Faults to plant, each of a kind that somebody could really make. A mutant is
//   {area, name, file, from, to, program, filter}
// `from` stands in `file` exactly once and becomes `to`; `program` with `filter` is the test that
// should fail then. Add one for each fault that a test let through.

const cases = 'services/cases';
const directory = 'services/directory';
const insight = 'services/insight';
const idempotency = 'libs/idempotency';

// Several mutants of one area that the same tests should find.
const area = (name, program, filter, list) =>
  list.map((mutant) => ({ area: name, program, filter, ...mutant }));

export const mutants = [
  ...area('norms', 'calendar_test', '*', [
    {
      name: 'the day of receipt counts as the first working day',
      file: 'libs/calendar/calendar.cc',
      from: 'day = FirstWorkingDayFrom(day + 1);',
      to: 'day = FirstWorkingDayFrom(day) + 1;',
    },
    {
      name: 'a day ends with its first interval',
      file: 'libs/calendar/calendar.cc',
      from: 'return Closing(day, Intervals(day).back());',
      to: 'return Closing(day, Intervals(day).front());',
    },
    {
      name: 'own closing days are overruled by the week',
      file: 'libs/calendar/calendar.cc',
      from: 'return special->second;',
      to: 'if (!special->second.empty()) return special->second;',
    },
    {
      name: 'the first of two equal hours ends the day when the clock goes back',
      file: 'libs/calendar/calendar.cc',
      from: 'return at.kind == absl::TimeZone::TimeInfo::SKIPPED ? at.trans : at.post;',
      to: 'return at.kind == absl::TimeZone::TimeInfo::SKIPPED ? at.trans : at.pre;',
    },
  ]),
  ...area('norms', 'cases_pgtest', 'DueMover*', [
    {
      name: 'a changed calendar moves closed cases too',
      file: `${cases}/upkeep/due_store.cc`,
      from: 'and state < 3 and norm_working_days is not null',
      to: 'and norm_working_days is not null',
    },
    {
      name: 'a due moment moves without an event',
      file: `${cases}/upkeep/due_store.cc`,
      from: '     where c.moved\n',
      to: '     where c.moved and false\n',
    },
  ]),

  ...area('norms', 'calendar_test', 'DueTest*', [
    {
      name: 'a norm of no days is due at its receipt',
      file: 'libs/calendar/calendar.cc',
      from: 'received < *closing ? day',
      to: 'received <= *closing ? day',
    },
  ]),
  ...area('norms', 'cases_test', 'ReceiptWindow*', [
    {
      name: 'a day more has the norm of the day before',
      file: `${cases}/lifecycle/norm_clock.cc`,
      from: 'absl::FromCivil(day + 1, municipality.zone)',
      to: 'absl::FromCivil(day + 2, municipality.zone)',
    },
    {
      name: 'what comes in after closing has the clock of before',
      file: `${cases}/lifecycle/norm_clock.cc`,
      from: 'window.before = std::min(window.before, *closing);',
      to: 'window.before = window.before;',
    },
  ]),
  ...area('norms', 'norms_test', '*', [
    {
      name: 'a return restarts the clock',
      file: 'libs/norms/log_fold.cc',
      from: '    case cases::v1::EVENT_KIND_REOPENED:\n',
      to: '    case cases::v1::EVENT_KIND_RETURNED:\n    case cases::v1::EVENT_KIND_REOPENED:\n',
    },
    {
      name: 'the first attempt counts as the first team had it',
      file: 'libs/norms/log_fold.cc',
      from: 'first_attempt_counts_ = event.first_attempt_counts.value_or(first_attempt_counts_);',
      to: 'break;',
    },
    {
      name: 'contacts that were added are not counted',
      file: 'libs/norms/log_fold.cc',
      from: '++judged_.contacts;',
      to: 'break;',
    },
    {
      name: 'a target of 57 % is a little less',
      file: 'libs/norms/share.cc',
      from: 'return std::llround(target * kPerWhole);',
      to: 'return static_cast<int64_t>(target * kPerWhole);',
    },
    {
      name: '89.96 % is shown as 90.0 %',
      file: 'libs/norms/share.cc',
      from: 'if (!is_told_apart && decimals < kMostDecimals) continue;',
      to: 'if (!is_told_apart && decimals < kMostDecimals / kMostDecimals) continue;',
    },
  ]),
  ...area('norms', 'cases_pgtest', 'Rerouter*', [
    {
      name: 'a case that waited keeps the first attempt of the KCC',
      file: `${cases}/upkeep/rerouter_store.cc`,
      from: '(values (1, 2, null::timestamptz, d.first_attempt_counts, d.reason)',
      to: '(values (1, 2, null::timestamptz, null::boolean, d.reason)',
    },
  ]),

  ...area('claims', 'cases_test', 'Case*', [
    {
      name: 'the claim of a colleague is passed over',
      file: `${cases}/lifecycle/case.cc`,
      from: 'situation.claimed_by != who.account_id;',
      to: 'situation.claimed_by.empty();',
    },
    {
      name: 'a closed case can be worked',
      file: `${cases}/lifecycle/case.cc`,
      from: '  if (is_closed) return Refusal::kClosed;\n',
      to: '',
    },
    {
      name: 'any KCC agent works the cases of every team',
      file: `${cases}/lifecycle/case.cc`,
      from: '(who.Has(options::v1::ROLE_KCC_AGENT) && team_id == kcc_team_id)',
      to: 'who.Has(options::v1::ROLE_KCC_AGENT)',
    },
    {
      name: 'a member releases the claim of a colleague',
      file: `${cases}/lifecycle/case.cc`,
      from: 'if (action == Action::kUnclaim) return leads_;',
      to: 'if (action == Action::kUnclaim) return member_;',
    },
    {
      name: 'a case that is let go of keeps its holder',
      file: `${cases}/lifecycle/case.cc`,
      from: '    after().claimed_by.clear();\n',
      to: '',
    },
    {
      name: 'an attempt leaves no claim',
      file: `${cases}/lifecycle/case.cc`,
      from: 'void Attempt(const Act& act, Writer& writer) {\n  writer.Claim();',
      to: 'void Attempt(const Act& act, Writer& writer) {',
    },
    {
      name: 'team members read the cases of other teams',
      file: 'libs/rpc/principal.h',
      from: '(Has(options::v1::ROLE_TEAM_MEMBER) || Has(options::v1::ROLE_TEAM_LEAD)) &&\n           InTeam(team_id);',
      to: '(Has(options::v1::ROLE_TEAM_MEMBER) || Has(options::v1::ROLE_TEAM_LEAD));',
    },
  ]),
  ...area('claims', 'cases_pgtest', 'CaseActions*', [
    {
      name: 'of two who claim at once both win',
      file: `${cases}/actions/case_store.cc`,
      from: '     for no key update of c)',
      to: ')',
    },
  ]),

  ...area('claims', 'cases_pgtest', 'QueueTest*', [
    {
      name: 'a queue that a case has left is not counted again',
      file: `${cases}/queue/tally_store.cc`,
      from: '    now.teams.erase(row.TextOrEmpty("previous_team_id"));\n',
      to: '',
    },
    {
      name: 'after too many events the old counts hold',
      file: `${cases}/queue/tally_store.cc`,
      from: 'if (touched.size() >= kTooMany) return now;',
      to: 'if (touched.size() >= 1000 * kTooMany) return now;',
    },
  ]),

  ...area('idempotency', 'idempotency_test', '*', [
    {
      name: 'requests of two methods with the same fields are one',
      file: `${idempotency}/request_hash.cc`,
      from: 'absl::StrCat(request.GetDescriptor()->full_name(), ',
      to: 'absl::StrCat("", ',
    },
  ]),
  ...area('idempotency', 'idempotency_pgtest', '*', [
    {
      name: 'a key with another body gets the first answer',
      file: `${idempotency}/response_store.cc`,
      from: 'if (!first_hash.empty() && first_hash != request_hash) return KeyReused();',
      to: '',
    },
    {
      name: 'keys of before an upgrade are refused',
      file: `${idempotency}/response_store.cc`,
      from: '!first_hash.empty() && ',
      to: '',
    },
    {
      name: 'keys are forgotten at once',
      file: `${idempotency}/response_store.cc`,
      from: 'and created_at < now() - make_interval(secs => $1::bigint)',
      to: 'and created_at < now() - 0 * make_interval(secs => $1::bigint)',
    },
  ]),
  ...area('idempotency', 'text_test', 'CheckIdempotencyKey*', [
    {
      name: 'keys of one character pass',
      file: 'libs/text/typed.cc',
      from: 'key.size() >= 8',
      to: 'key.size() >= 1',
    },
  ]),
  ...area('idempotency', 'pg_pgtest', 'Engines/FaultsTest*', [
    {
      name: 'what was done on a connection that is gone counts as committed',
      file: 'libs/pg/libpqxx/pqxx_session.cc',
      from: 'results = DatabaseAway("first statements");',
      to: '',
    },
    {
      name: 'a commit that went along without an answer counts as not done',
      file: 'libs/pg/pipeline/pipelined_session.cc',
      from: '    if (commits_writes && impl_->broken) error_ = CommitUnknown();\n',
      to: '',
    },
    {
      name: 'a commit that went along is sent again',
      file: 'libs/pg/pipeline/pipelined_session.cc',
      from: 'is_first && !commits_writes && Reconnect()',
      to: 'is_first && Reconnect()',
    },
    {
      name: 'a commit that went along and no standby has counts as done',
      file: 'libs/pg/pipeline/pipelined_session.cc',
      from: 'commits_writes && impl_->pipeline.warnings() != warnings',
      to: 'commits_writes && warnings < 0',
    },
  ]),
  ...area('idempotency', 'cases_pgtest', '*', [
    {
      name: 'a key of a colleague gets his answer',
      file: `${cases}/actions/case_actions.cc`,
      from: 'RequestHash(request, call.principal->account_id)',
      to: 'RequestHash(request, "")',
    },
    {
      name: 'a key with another body gets the first answer (registration)',
      file: `${cases}/registration/registration_writer.cc`,
      from: 'stored.request_hash != request.request_hash()',
      to: 'stored.request_hash.empty()',
    },
    {
      name: 'a repeated registration is told as a new one',
      file: `${cases}/registration/registration_writer.cc`,
      from: '  v1::RegisterContactResponse answer = stored.response;\n  answer.set_repeated(true);',
      to: '  v1::RegisterContactResponse answer = stored.response;\n  answer.set_repeated(false);',
    },
    {
      name: 'a message that came before becomes a second case',
      file: `${cases}/registration/registration_writer.cc`,
      from: 'if (!contact.external_id().empty()) messages.push_back(MessageOf(contact));',
      to: 'if (contact.external_id().size() > 99) messages.push_back(MessageOf(contact));',
    },
    {
      name: 'the key of a contact is never free again',
      file: `${cases}/registration/first_registration_store.cc`,
      from: 'and received_at + make_interval(secs => $2::bigint) <= now()',
      to: 'and received_at + 100 * make_interval(secs => $2::bigint) <= now()',
    },
    {
      name: 'a repeat is told what the router said later',
      file: `${cases}/registration/first_registration_store.cc`,
      from: 'coalesce(c.first_decision, f.decision)',
      to: 'coalesce(f.decision, c.first_decision)',
    },
  ]),

  ...area('tenancy', 'pg_pgtest', '*', [
    {
      name: 'the municipality stays set for the next user of the connection',
      file: 'libs/pg/pipeline/pipelined_session.cc',
      from: "set_config('wissel.tenant', $1, true)",
      to: "set_config('wissel.tenant', $1, false)",
    },
    {
      name: 'the municipality stays set for the next user of a connection of libpqxx',
      file: 'libs/pg/libpqxx/tenant_transaction.cc',
      from: '"; set local wissel.tenant = "',
      to: '"; set wissel.tenant = "',
    },
  ]),
  ...area('tenancy', 'testing_pgtest', '*', [
    {
      name: 'a policy of cases lets everything be read',
      file: 'migrations/0030_cases.sql',
      from: "execute format('create policy tenant on cases.%I using (tenant_id = (select wissel.tenant())) '",
      to: "execute format('create policy tenant on cases.%I using (true) '",
    },
    {
      name: 'SOP versions can be written for another municipality',
      file: 'migrations/0020_router.sql',
      from: 'create policy tenant on router.sop_version using (tenant_id = (select wissel.tenant()))',
      to: 'create policy tenant on router.sop_version using (tenant_id >= (select wissel.tenant()))',
    },
  ]),
  ...area('tenancy', 'cases_test', 'PageToken*', [
    {
      name: 'a page token of another municipality is taken',
      file: `${cases}/queue/page_token.cc`,
      from: 'absl::StrCat("1\\n", tenant_id, "\\n", team_id, "\\n")',
      to: 'absl::StrCat("1\\n", team_id, "\\n")',
    },
  ]),
  ...area('tenancy', 'identity_test', '*', [
    {
      name: 'a token may name anything as its municipality',
      file: 'libs/identity/token.cc',
      from: 'if (!IsTenantCode(tenant) || secret.size()',
      to: 'if (secret.size()',
    },
    {
      name: 'no token at all passes where no service token is set',
      file: 'libs/identity/token.cc',
      from: 'return same && !a.empty();',
      to: 'return same;',
    },
  ]),

  ...area('routing', 'decision_test', '*', [
    {
      name: 'the minute of closing is open',
      file: 'libs/decision/rule_index.cc',
      from: 'request.minute < interval.to',
      to: 'request.minute <= interval.to',
    },
    {
      name: 'exceptions to a rule do not count',
      file: 'libs/decision/rule_index.cc',
      from: 'if (HoldsTopic(exceptions_[i], view) && HoldsBesidesTopic(exceptions_[i], view)) return false;',
      to: 'if (HoldsTopic(exceptions_[i], view) && !HoldsTopic(exceptions_[i], view)) return false;',
    },
    {
      name: 'topics below the named one are left out',
      file: 'libs/decision/rule_index.cc',
      from: 'range.end = std::max(range.end, topic.range.end);',
      to: 'range.end = std::max(range.end, range.end);',
    },
    {
      name: 'half a postcode is a place',
      file: 'libs/decision/area_index.cc',
      from: 'if (!range || range->first != range->last) return nullptr;',
      to: 'if (!range) return nullptr;',
    },
    {
      name: 'the last rule that matches wins',
      file: 'libs/decision/rule_index.cc',
      from: 'if (sure != 0) return std::min(best, bucket->steps[first]);',
      to: 'if (sure != 0) return bucket->steps[first];',
    },
    {
      name: 'a number of rules beyond what a bucket holds is cut off',
      file: 'libs/decision/rule_index.cc',
      from: 'static_cast<uint16_t>(std::min<uint32_t>(pattern, kAnyOne))',
      to: 'static_cast<uint16_t>(pattern)',
    },
  ]),

  ...area('routing', 'decision_test', 'Decision*', [
    {
      name: 'the last of very many municipalities stands for any',
      file: 'libs/decision/rule_index.cc',
      from: '(!given.municipalities.empty() && municipality >= kAnyOne) ||',
      to: 'false ||',
    },
    {
      name: 'the last of very many keywords stands for any',
      file: 'libs/decision/rule_index.cc',
      from: '(!given.keywords.empty() && pattern >= kAnyOne);',
      to: 'false;',
    },
  ]),
  ...area('routing', 'verify_test', 'WitnessSearch*:Verify*', [
    {
      name: 'a search that gave up found nothing',
      file: 'libs/verify/witness_search.cc',
      from: 'return budget_ <= floor_ ? SearchResult::kGaveUp : SearchResult::kNone;',
      to: 'return SearchResult::kNone;',
    },
    {
      name: 'a check that gave up on a question is silent',
      file: 'libs/verify/rule_checks.cc',
      from: 'if (answer == SearchResult::kGaveUp) gave_up_ = true;',
      to: '',
    },
    {
      name: 'a check whose budget is spent is silent',
      file: 'libs/verify/rule_checks.cc',
      from: '    gave_up_ = true;\n    return SearchResult::kGaveUp;',
      to: '    return SearchResult::kGaveUp;',
    },
  ]),

  ...area('figures', 'insight_pgtest', 'Rollups*', [
    {
      name: 'what is committed late is passed over',
      file: `${insight}/log_position_store.cc`,
      from: 'pg_snapshot_xmin(pg_current_snapshot())::text as next',
      to: 'pg_snapshot_xmax(pg_current_snapshot())::text as next',
    },
    {
      name: 'what a fact replaces stays counted',
      file: `${insight}/count_store.cc`,
      from: 'select f.*, -1 from given',
      to: 'select f.*, 0 from given',
    },
    {
      name: 'an open case is too late at its due moment',
      file: `${insight}/count_store.cc`,
      from: '(due_at < $3::timestamptz)::int',
      to: '(due_at <= $3::timestamptz)::int',
    },
    {
      name: 'the list of what was too late leaves out what is open',
      file: `${insight}/fact_store.cc`,
      from: 'when 2 then due_at < $3::timestamptz',
      to: 'when 2 then false',
    },
    {
      name: 'what another cluster wrote is believed',
      file: `${insight}/log_position_store.cc`,
      from: "when read_to <> '0' and read_to <= pg_snapshot_xmax(pg_current_snapshot())",
      to: "when read_to <> '0'",
    },
    {
      name: 'what is counted is read again every second',
      file: `${insight}/log_position_store.cc`,
      from: '(e.xid < pg_snapshot_xmin(pg_current_snapshot())\n',
      to: '(false\n',
    },
    {
      name: 'a wrong fact is not looked at',
      file: `${insight}/rollup_keeper.cc`,
      from: 'if (is_wrong) differences',
      to: 'if (is_wrong && !known) differences',
    },
      {
      name: 'a part goes past a transaction that still runs',
      file: `${insight}/log_position_store.cc`,
      from: 'e.xid < pg_snapshot_xmin(pg_current_snapshot())\n                   order',
      to: 'e.xid < pg_snapshot_xmax(pg_current_snapshot())\n                   order',
    },
  ]),
  ...area('figures', 'insight_pgtest', 'Marks*', [
    {
      name: 'sums over all teams leave out the answers',
      file: `${insight}/count_store.cc`,
      from: 'grouping(channel) = 0 or mark <= 3',
      to: 'grouping(channel) = 0 or mark <= 2',
    },
    {
      name: 'open work counts for who had it when it fell due',
      file: `${insight}/mark_store.cc`,
      from: "select split_part(split_part(stays, E'\\n', -1), E'\\t', 1) as team_id",
      to: 'select team_id',
    },
    {
      name: 'moves to a team are not shown to it',
      file: `${insight}/mark_store.cc`,
      from: ' or (mark = 7 and value = $3::text)',
      to: '',
    },
    {
      name: 'a case that was opened again was settled at first contact',
      file: 'libs/norms/log_fold.cc',
      from: '      judged_.at_first_contact = false;\n',
      to: '',
    },
  ]),
  ...area('figures', 'insight_test', '*', [
    {
      name: 'what is late already costs no work',
      file: `${insight}/forecast.cc`,
      from: 'int64_t ahead = open.late;',
      to: 'int64_t ahead = 0;',
    },
  ]),
  ...area('redaction', 'pg_pgtest', '*', [
    {
      name: "PostgreSQL's own words, which quote values, get into an error",
      file: 'libs/pg/sql_error.cc',
      from: 'is("42") ? failure.message',
      to: 'is("") ? failure.message',
    },
  ]),
  ...area('redaction', 'telemetry_test', '*', [
    {
      name: 'control characters go into the log as they are',
      file: 'libs/telemetry/log.cc',
      from: 'static_cast<unsigned char>(c) < 0x20 || c == 0x7f',
      to: 'c == 0x7f',
    },
  ]),

  ...area('redaction', 'integration_pgtest', 'BothShapes/Traces*', [
    {
      name: 'PostgreSQL logs the rows that it refuses',
      file: 'migrations/0052_server_log.sql',
      from: 'alter role wissel_%s set log_error_verbosity = terse',
      to: 'alter role wissel_%s set log_error_verbosity = default',
    },
  ]),

  ...area('sessions', 'directory_pgtest', '*', [
    {
      name: 'a session lasts twelve days',
      file: `${directory}/sign_in.h`,
      from: 'kSessionLength = absl::Hours(12);',
      to: 'kSessionLength = absl::Hours(12 * 24);',
    },
    {
      name: 'a session never ends',
      file: `${directory}/session_store.cc`,
      from: 'and s.token_hash = $1 and s.expires_at > now()',
      to: 'and s.token_hash = $1',
    },
    {
      name: 'a password that was changed meanwhile still starts a session',
      file: `${directory}/session_store.cc`,
      from: 'and account_id = $2 and password_hash = $3',
      to: 'and account_id = $2 and password_hash >= left($3, 0)',
    },
    {
      name: 'a new password leaves the old sessions',
      file: `${directory}/account_store.cc`,
      from: 'if (password_hash) WISSEL_RETURN_IF_ERROR(transaction.Run(kEndSessions, {id}).status());',
      to: '',
    },
    {
      name: 'wrong tries are counted and never stop anybody',
      file: `${directory}/sign_in_store.cc`,
      from: 'and 10 <= (select count(*)',
      to: 'and 1000 <= (select count(*)',
    },
    {
      name: 'who guessed right among a thousand tries at once is let in',
      file: `${directory}/sign_in_store.cc`,
      from: 'if (rows[0].Int64("wrong") >= kWrongTriesMax) return false;',
      to: 'if (rows[0].Int64("wrong") >= 1000 * kWrongTriesMax) return false;',
    },
    {
      name: 'an unknown name is let in with the password of the decoy',
      file: `${directory}/sign_in.cc`,
      from: 'if (!matches || !known) return Refuse',
      to: 'if (!matches && !known) return Refuse',
    },
  ]),
  ...area('sessions', 'identity_test', '*', [
    {
      name: 'a session that has ended is believed for five seconds more',
      file: 'libs/identity/token_cache.cc',
      from: 'is_valid ? std::min(now + kValidFor, entry->expires_at) : now + kInvalidFor;',
      to: 'is_valid ? now + kValidFor : now + kInvalidFor;',
    },
    {
      name: 'a token that was refused and is valid now stays refused',
      file: 'libs/identity/token_cache.cc',
      from: '(is_valid ? invalid_ : valid_).erase(hash);',
      to: '',
    },
  ]),
];

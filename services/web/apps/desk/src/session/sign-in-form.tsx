import { Button } from "@utrecht/component-library-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Municipality, Session } from "@wissel/api";
import { useRef, useState, type SubmitEvent } from "react";
import { api } from "../lib/clients.ts";
import { problemOf } from "../lib/errors.ts";
import { fillIn } from "../lib/field-names.ts";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Failed, Loading, Problem } from "../ui/states.tsx";
import { sessionWords } from "./words.ts";
import { commonWords } from "../lib/words.ts";

const LOGIN = "wissel.login";

interface Props {
  /** Municipality that is known already, as is who was signed in: only the password is to be typed. */
  known?: { tenantId: string };
  onSignedIn: (session: Session) => void;
}

function useMunicipalities(enabled: boolean) {
  return useQuery({
    queryKey: ["municipalities"],
    queryFn: async () => (await api.directory.listMunicipalities({})).municipalities,
    staleTime: Infinity,
    enabled,
  });
}

/** The municipality to begin with: from the address, the last one used here, or the only one. */
function preselected(all: readonly Municipality[]): string {
  const asked = new URLSearchParams(window.location.search).get("gemeente");
  const wanted = [asked, localStorage.getItem("wissel.gemeente")];
  const found = wanted.find((id) => all.some((m) => m.tenantId === id));
  return found ?? (all.length === 1 ? (all[0]?.tenantId ?? "") : "");
}

export function SignInForm({ known, onSignedIn }: Props) {
  const municipalities = useMunicipalities(!known);
  if (known) {
    const login = sessionStorage.getItem(LOGIN) ?? "";
    return <Fields all={[]} tenantId={known.tenantId} login={login} onSignedIn={onSignedIn} />;
  }
  if (municipalities.isPending) return <Loading what={sessionWords.theMunicipalities} />;
  if (municipalities.isError) {
    return <Failed error={municipalities.error} retry={() => void municipalities.refetch()} />;
  }
  return (
    <Fields
      all={municipalities.data}
      tenantId={preselected(municipalities.data)}
      onSignedIn={onSignedIn}
    />
  );
}

interface Credentials {
  tenantId: string;
  login: string;
  password: string;
}

function useSignIn(
  credentials: Credentials,
  onSignedIn: (session: Session) => void,
  onError: () => void,
) {
  return useMutation({
    mutationFn: () => api.directory.signIn(credentials),
    onSuccess: ({ session }) => {
      localStorage.setItem("wissel.gemeente", credentials.tenantId);
      if (session) onSignedIn(session);
      sessionStorage.setItem(LOGIN, credentials.login);
    },
    onError,
  });
}

interface FieldsProps {
  all: readonly Municipality[];
  tenantId: string;
  login?: string;
  onSignedIn: (session: Session) => void;
}

function Fields({ all, tenantId: first, login: known = "", onSignedIn }: FieldsProps) {
  const [tenantId, setTenantId] = useState(first);
  const [login, setLogin] = useState(known);
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const signIn = useSignIn({ tenantId, login: login.trim(), password }, onSignedIn, () => {
    // It was filled in, and was wrong: that is all there is to say of it.
    setPassword("");
    setTried(false);
    passwordField.current?.focus();
  });
  const problem = signIn.isError ? problemOf(signIn.error) : undefined;
  const missing = (field: string, value: string) =>
    tried && !value.trim() ? fillIn(field) : undefined;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (tenantId && login.trim() && password) signIn.mutate();
    else
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
      );
  };

  return (
    <form ref={form} onSubmit={submit} noValidate className="wissel-stack">
      <Problem problem={problem} />
      {all.length > 0 && (
        <SelectField
          label={commonWords.municipality}
          value={tenantId}
          onChange={setTenantId}
          error={missing("tenant_id", tenantId)}
          options={[
            ...(tenantId ? [] : [{ value: "", label: sessionWords.chooseMunicipality }]),
            ...all.map((m) => ({ value: m.tenantId, label: m.name })),
          ]}
        />
      )}
      <TextField
        label={sessionWords.login}
        value={login}
        onChange={setLogin}
        error={missing("login", login)}
        autoComplete="username"
        spellCheck={false}
      />
      <TextField
        label={sessionWords.password}
        type="password"
        value={password}
        onChange={setPassword}
        error={missing("password", password)}
        inputRef={passwordField}
        autoComplete="current-password"
      />
      <div>
        <Button type="submit" appearance="primary-action-button" busy={signIn.isPending}>
          {signIn.isPending ? sessionWords.signingIn : sessionWords.signIn}
        </Button>
      </div>
    </form>
  );
}

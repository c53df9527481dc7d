import { Button } from "@utrecht/component-library-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Municipality, Session } from "@wissel/api";
import { useRef, useState, type SubmitEvent } from "react";
import { api } from "../lib/clients.ts";
import { problemOf } from "../lib/errors.ts";
import { SelectField, TextField } from "../ui/fields.tsx";
import { Failed, Loading, Notice } from "../ui/states.tsx";

interface Props {
  /** Municipality and name that are known already; the colleague types only the password. */
  known?: { tenantId: string; municipality: string };
  onSignedIn: (session: Session) => void;
}

const MISSING = "Vul dit veld in.";

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
  if (known) return <Fields all={[]} tenantId={known.tenantId} onSignedIn={onSignedIn} />;
  if (municipalities.isPending) return <Loading what="de gemeenten" />;
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

interface FieldsProps {
  all: readonly Municipality[];
  tenantId: string;
  onSignedIn: (session: Session) => void;
}

function Fields({ all, tenantId: first, onSignedIn }: FieldsProps) {
  const [tenantId, setTenantId] = useState(first);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const signIn = useMutation({
    mutationFn: () => api.directory.signIn({ tenantId, login: login.trim(), password }),
    onSuccess: ({ session }) => {
      localStorage.setItem("wissel.gemeente", tenantId);
      if (session) onSignedIn(session);
    },
    onError: () => setPassword(""),
  });
  const problem = signIn.isError ? problemOf(signIn.error) : undefined;
  const missing = (value: string) => (tried && !value.trim() ? MISSING : undefined);

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
      {problem && <Notice type="error">{problem.message}</Notice>}
      {all.length > 0 && (
        <SelectField
          label="Gemeente"
          value={tenantId}
          onChange={setTenantId}
          error={missing(tenantId)}
          options={[
            ...(tenantId ? [] : [{ value: "", label: "Kies uw gemeente" }]),
            ...all.map((m) => ({ value: m.tenantId, label: m.name })),
          ]}
        />
      )}
      <TextField
        label="Naam"
        value={login}
        onChange={setLogin}
        error={missing(login)}
        autoComplete="username"
        spellCheck={false}
      />
      <TextField
        label="Wachtwoord"
        type="password"
        value={password}
        onChange={setPassword}
        error={missing(password)}
        autoComplete="current-password"
      />
      <div>
        <Button type="submit" appearance="primary-action-button" busy={signIn.isPending}>
          {signIn.isPending ? "Bezig met inloggen…" : "Inloggen"}
        </Button>
      </div>
    </form>
  );
}

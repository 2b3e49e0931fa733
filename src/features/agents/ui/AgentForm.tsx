/** Address and pairing code of an agent, and how to start one. */
import { useId, useState } from 'react';
import { useAgents } from './agents-context.ts';
import styles from './agents.module.css';

export function AgentForm() {
  const session = useAgents();
  const offered = offeredAddresses(location.host);
  const [address, setAddress] = useState(offered[0] ?? '');
  const [code, setCode] = useState('');
  const list = useId();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        session.addAgent(address.trim(), code.trim());
      }}
    >
      <label className={styles.address}>
        <span>Address</span>
        <input
          name="agent-address"
          list={list}
          required
          spellCheck={false}
          autoComplete="off"
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
      </label>
      <datalist id={list}>
        {offered.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <label className={styles.input}>
        <span>Pairing code</span>
        <input
          name="agent-code"
          spellCheck={false}
          autoComplete="off"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button button-strong">
        Connect
      </button>
    </form>
  );
}

/** The two commands that start an agent, run in the project's folder on its machine. */
export function HowToStart() {
  return (
    <div className={styles.howToStart}>
      <pre>
        <code>npm ci --ignore-scripts --prefix agent</code>
        {'\n'}
        <code>npm run agent</code>
      </pre>
      <p className="quiet">
        It prints an address with a pairing code. Open that address, or enter both under Agent. For a
        Raspberry Pi, see agent/README.md.
      </p>
    </div>
  );
}

const DEFAULT_PORT = ':8590';
/** DEFAULT_AGENT_PORT of the protocol. */
export const DEFAULT_AGENT = `localhost${DEFAULT_PORT}`;

/**
 * Addresses to offer, "host:port", most likely first. A page on the default port was served by an agent; any other page
 * may have been.
 * @param host of the page, '' if it has none
 */
export function offeredAddresses(host: string): readonly string[] {
  const own = host === '' ? [] : [host];
  return [...new Set(host.endsWith(DEFAULT_PORT) ? [...own, DEFAULT_AGENT] : [DEFAULT_AGENT, ...own])];
}

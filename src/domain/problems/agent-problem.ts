/** What can go wrong between a page and an agent, and how the page explains it. */

export type AgentProblem =
  | { readonly kind: 'agent-address-invalid'; readonly address: string }
  | { readonly kind: 'agent-not-running'; readonly address: string }
  | { readonly kind: 'agent-origin-refused'; readonly address: string; readonly origin: string }
  | { readonly kind: 'agent-code-refused'; readonly address: string }
  | { readonly kind: 'agent-needs-http'; readonly address: string }
  | { readonly kind: 'agent-network-denied'; readonly address: string }
  | { readonly kind: 'agent-other-version'; readonly address: string; readonly detail: string }
  | { readonly kind: 'agent-lost'; readonly address: string; readonly detail: string }
  | { readonly kind: 'agent-answer-invalid'; readonly address: string; readonly detail: string }
  /** The agent itself says what failed and what to do. */
  | { readonly kind: 'agent-failed'; readonly sentence: string; readonly nextStep: string };

/** Exactly these kinds begin with "agent-". */
export function isAgentProblem(problem: { readonly kind: string }): problem is AgentProblem {
  return problem.kind.startsWith('agent-');
}

export function describeAgentProblem(problem: AgentProblem): {
  readonly sentence: string;
  readonly nextStep: string;
} {
  switch (problem.kind) {
    case 'agent-address-invalid':
      return {
        sentence: `"${problem.address}" is not the address of an agent.`,
        nextStep: 'Enter it as the agent prints it, for example localhost:8590.',
      };
    case 'agent-not-running':
      return {
        sentence: `No agent answers at ${problem.address}.`,
        nextStep: 'Start it there with npm run agent, and check the address that it prints.',
      };
    case 'agent-origin-refused':
      return {
        sentence: `The agent at ${problem.address} does not let pages from ${problem.origin} connect.`,
        nextStep: `Open http://${problem.address}/pi.html instead, or start the agent with --origin ${problem.origin}.`,
      };
    case 'agent-code-refused':
      return {
        sentence: `The agent at ${problem.address} does not accept this pairing code.`,
        nextStep:
          'Copy the code that the agent prints when it starts. If the code is right, close other pages: an agent accepts 8 at once.',
      };
    case 'agent-needs-http':
      return {
        sentence: `A page loaded over https cannot connect to ${problem.address}, which is not encrypted.`,
        nextStep: `Open http://${problem.address}/pi.html, the same page served by the agent itself.`,
      };
    case 'agent-network-denied':
      return {
        sentence: `The browser blocks this page from reaching ${problem.address}: access to the local network was denied.`,
        nextStep: 'Allow it in the site settings beside the address bar, then connect again.',
      };
    case 'agent-other-version':
      return {
        sentence: `The agent at ${problem.address} speaks another version of the protocol (${problem.detail}).`,
        nextStep: 'Update Segscope on both machines to the same version, then connect again.',
      };
    case 'agent-lost':
      return {
        sentence: `The connection to the agent at ${problem.address} was lost (${problem.detail}).`,
        nextStep: 'The page reconnects by itself. If it does not, check what the agent printed.',
      };
    case 'agent-answer-invalid':
      return {
        sentence: `The agent at ${problem.address} sent an answer that this page does not understand (${problem.detail}).`,
        nextStep: 'Update Segscope on both machines to the same version, then connect again.',
      };
    case 'agent-failed':
      return { sentence: problem.sentence, nextStep: problem.nextStep };
  }
}

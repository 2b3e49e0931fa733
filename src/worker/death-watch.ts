/** Remembers that a device died and notifies each listener once. */
import type { Problem } from '../domain/problems/problem.ts';

export class DeathWatch {
  private problem: Problem | null = null;
  private listeners: ((problem: Problem) => void)[] = [];

  death(): Problem | null {
    return this.problem;
  }

  /** Only the first death counts. */
  die(problem: Problem): void {
    if (this.problem !== null) return;
    this.problem = problem;
    for (const listener of this.listeners) listener(problem);
    this.listeners = [];
  }

  onDeath(listener: (problem: Problem) => void): void {
    if (this.problem === null) this.listeners.push(listener);
    else listener(this.problem);
  }
}

/** Binds as counted over the whole trace. */
export interface BindCounts {
  attempted: number;
  succeeded: number;
  failed: number;
  /** Requests that show which port was asked for: any, or one by number. */
  withPort: number;
}

export const createBindCounts = (): BindCounts => ({ attempted: 0, succeeded: 0, failed: 0, withPort: 0 });

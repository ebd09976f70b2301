/** Binds as counted over the whole trace. */
export interface BindCounts {
  attempted: number;
  succeeded: number;
  failed: number;
}

export const createBindCounts = (): BindCounts => ({ attempted: 0, succeeded: 0, failed: 0 });

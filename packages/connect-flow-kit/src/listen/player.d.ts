export declare function player(): Promise<void>;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node's middle and its size. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The points that an edge goes through, and the middle of its label. */
export interface Route {
  readonly points: readonly Point[];
  readonly label: Point;
}

/** What has to be placed: sizes in pixels; an edge has the size of its label. */
export interface Sizes {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string; readonly width: number }[];
}

/** Where everything goes, in the order of `Sizes`. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
}

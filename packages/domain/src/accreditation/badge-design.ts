/** Where something stands on a badge, in millimetres from the upper left corner. */
export interface BadgeBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a badge can show. A text shrinks until it fits its box. */
export type BadgeElement = BadgeBox &
  (
    | { kind: 'photo' }
    | { kind: 'qr' }
    | {
        kind: 'text';
        /** `free` shows `text`. */
        source: 'name' | 'type' | 'delegation' | 'event' | 'days' | 'number' | 'free';
        text: string;
        /** Points; the size it has when there is room. */
        size: number;
        bold: boolean;
        align: 'left' | 'center' | 'right';
        /** `#rrggbb`, or the colour of the type. */
        colour: string;
      }
    | { kind: 'bar'; /** `#rrggbb`, or `type` for the colour of the type. */ colour: string }
  );

/** A badge as it is printed, in millimetres. */
export interface BadgeDesign {
  width: number;
  height: number;
  elements: BadgeElement[];
}

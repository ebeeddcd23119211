/**
 * Characters that move the cursor, turn the text around, end a line where no line ends, or are not drawn: also the tags and
 * selectors in which a text for machines can be hidden. The two selectors that emoji have are left, and so is ASCII.
 *
 * @see Unicode Character Database, PropList.txt and DerivedCoreProperties.txt
 */
export const UNSEEN =
  /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}](?<![\ufe0e\ufe0f])/gu;

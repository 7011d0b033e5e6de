/** Messages by appointment. */
export const MessagesPlace = () => null;

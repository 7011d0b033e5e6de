/** How the clinic did. */
export const ReportsPlace = () => null;

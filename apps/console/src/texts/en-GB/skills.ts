export const skills = {
  level: (skill: string) => `${skill}: level`,
  importance: (skill: string) => `${skill}: importance`,
  required: (skill: string) => `${skill} is needed: nobody without it is a match`,
  heldLevels: ["1, a beginner", "2", "3, can do it", "4", "5, could teach it"],
  wantedLevels: ["1, a beginner will do", "2", "3", "4", "5, could teach it"],
  importances: ["1, hardly", "2", "3, as usual", "4", "5, very"],
} as const;

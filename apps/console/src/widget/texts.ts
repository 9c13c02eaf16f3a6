// Every word that a visitor reads, in British English.
export const texts = {
  heading: "Volunteering opportunities",
  loading: "Looking for opportunities…",
  none: "There is nothing here that fits just now. Opportunities come and go: please look again soon.",
  failed: "Opportunities cannot be shown just now.",
  busy: "Many people are looking just now. Please try again in a minute.",
  retry: "Try again",
  more: "Show more",
  search: "Search",
  searchLabel: "Words to look for",
  remoteLabel: "Only what can be done from home",
  remote: "From home",
  near: (outcode: string, miles: number) => `${outcode}, within about ${miles === 1 ? "1 mile" : `${miles} miles`}`,
  places: (count: number) => (count === 1 ? "1 person needed" : `${count} people needed`),
  minimumAge: (age: number) => `From the age of ${age}`,
  respond: "I would like to help",
  respondWith: (title: string) => ` (${title})`,
  found: (count: number, more: boolean) => {
    const opportunities = count === 1 ? "1 opportunity" : `${count} opportunities`;
    return more ? `${opportunities}, and there are more` : opportunities;
  },
  flexible: (hours: string) => `About ${hours} a week, when it suits you`,
  hours: (minutes: number) => {
    if (minutes < 60) return `${minutes} minutes`;
    const hours = Math.round(minutes / 30) / 2;
    return hours === 1 ? "1 hour" : `${hours} hours`;
  },
  window: (day: string, start: string, end: string) => `${day} ${start} to ${end}`,
  andMore: "and other times",
  dated: (first: string, others: number) => {
    if (others === 0) return first;
    return `${first} and ${others === 1 ? "another date" : `${others} other dates`}`;
  },
  recurring: (first: string) => `On dates that come again, from ${first}`,
} as const;

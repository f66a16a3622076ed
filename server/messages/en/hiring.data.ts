/** How gaps are closed, how people are asked, and what leaves the house about both. */
export const hiring = {
  severity: {
    mustByTwo:
      "A must that is short by {levels, number}: the pilot or the role fails without it. From two levels on that is a blocker.",
    mustOfPilot:
      "A must of the pilot itself, short by one level: somebody has to hold it before day 1. A blocker.",
    mustByOne: "A must, short by one level, that the pilot itself does not ask for. High.",
    oneHolder: "Covered, but by one person alone: when they are away, it is gone. High.",
    covered: "Covered by {holders, plural, =0 {the team} one {# person} other {# people}}.",
    should: "Expected, short by {levels, plural, one {# level} other {# levels}}. Medium, never a blocker.",
    could:
      "Useful, short by {levels, plural, one {# level} other {# levels}}. What is only useful stays low.",
    notAssessed: "Nobody available was assessed, which counts as 0 here and is not the same.",
    selfRated: "Rests on people's own word, which counts one level lower.",
    stale: "Rests on a rating older than 180 days.",
  },
  cost: {
    descope: "Nothing is bought: the pilot is built with what the team can build.",
    train: "Nothing is paid; it takes working time of people who are here.",
    borrow: "Nothing is paid here; it takes {days, number} working days of somebody of the workspace.",
    noPay:
      "{days, number} working days. No amount: nobody has said what this role is paid ({engagement, select, permanent {permanent} other {contract}}).",
    how: "{days, number} working days at {engagement, select, permanent {pay ÷ (1 − {share, number} %) ÷ {perYear, number} days} other {the day rate}}. Pay: {source}, {day}{isOld, select, yes {, older than {limit, number} days: look it up again} other {}}.",
  },
  assumption: {
    lead: "{action, select, hire {Hiring} contract {Contracting} borrow {Borrowing} other {Training}} takes {weeks, plural, one {# week} other {# weeks}} from the decision to the first day ({isOwn, select, yes {set by hand} other {house figure}}).",
    months:
      "The skills stay needed for {months, plural, one {# month} other {# months}} after the handoff ({isOwn, select, yes {set by hand} other {house figure}}).",
    benefits:
      "{share, number} % of what an employee costs is not pay ({isOwn, select, yes {set by hand} other {US Bureau of Labor Statistics, Employer Costs for Employee Compensation, releases of 2015 to 2018; other countries differ}}).",
    usable:
      "A person counts from 20 % of the week on. A self-rating alone counts one level lower (house figures).",
  },
} as const;

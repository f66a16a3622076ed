/** How gaps are closed, how people are asked, and what leaves the house about both. */
export const staffing = {
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
  job: {
    context: {
      project:
        "You would join the project {project}{pilot, select, none {} other { and its first two weeks, a {pilot} with gates and measured targets}}.",
      responsibility: "Responsibility {level}: {reach}.",
      interview:
        "You will be asked what everybody is asked, in the same words. There is a work sample of 90 minutes; no puzzles.",
    },
    reach: {
      r1: "guided by others",
      r2: "supported by others",
      r3: "independent on a component",
      r4: "accountable for a system or an outcome, and guiding others",
      r5: "setting direction across teams",
    },
    must: "What you bring",
    nice: "What helps",
    pay: "Pay",
    where: "Where",
    payRange:
      "{min, number} to {max, number} {currency} a {per, select, year {year} month {month} day {day} other {hour}}, {engagement, select, permanent {permanent} other {contract}}.",
    place: "{employer}, {place}, {country}{remote, select, yes {, or remote within the country} other {}}.",
    fillIn: { employer: "(your organisation)", place: "(town)", country: "(country)" },
  },
  wording: {
    years:
      "Years of experience predict little and keep out those who learned fast. Say what somebody must be able to do.",
    gender: "Read as meant for one gender.",
    age: "Reads as meant for one age.",
    slang: "Slang that says nothing about the work and puts many off.",
    ability: "Turns away people by health or temperament.",
    origin: "Turns away people by origin. Name the language level the work needs.",
    degree: "A school is not a skill.",
  },
  ats: {
    form: "{role}: interview feedback",
    rates: "Rated by {who} alone, before anybody speaks.",
    notes: "What was said",
  },
  paper: {
    team: "Who can build {project}, and who is missing",
    teamSubject: "Skills matrix, gaps and hiring plan",
    foot: "{title} · as of {day} · page {page, number} of {pages, number}",
    matrix: "Level that each role must bring, by skill",
    matrixNote:
      "A cell holds the level and its importance: M must, S should, C could. Levels: {levels}. Needed: what somebody on the pilot must hold. Held: the best of those who have at least 20 % of the week.",
    gaps: "What is short, and how much it weighs",
    plan: "How the gaps are closed",
    planEmpty: "Nothing is short. The plan can begin with the people who are here.",
    assumptions: "What this rests on",
    alone: "Who can hold the pilot alone",
    radars: "Must skills of each role of the minimum team",
    radarReading:
      "Outline: required. Area: held by the team, {short, plural, =0 {nothing is short} one {# skill is short} other {# skills are short}}{unknown, plural, =0 {} one {, # is not assessed} other {, # are not assessed}}.",
    care: "Ratings of people are personal data, kept under aliases for staffing this plan. Nobody is ranked.",
    col: {
      skill: "Skill",
      needed: "Needed",
      held: "Held",
      gap: "Gap",
      busFactor: "Bus factor",
      weight: "Weight",
      why: "Why",
      how: "How",
      who: "Who",
      closes: "Closes",
      beginBy: "Begin by",
      readyBy: "There by",
      because: "Because",
      cost: "Cost",
      must: "Must have",
      nice: "Nice to have",
      role: "Role or person",
      missing: "Missing",
    },
    interview: "Interview kit: {role}",
    interviewSubject: "Questions with anchors, rules and debrief",
    sheet: "{at, number}. {stage}, {minutes, number} minutes",
    aliasLine:
      "Alias of the candidate: ____________________     Interviewer: ____________________     Date: ______________",
    ratingLine: "Rating (mark one):   1     2     3     4     not assessed",
    asks: "Asked by {who}. Rated here, alone and before any talk: {dimension}.",
    loop: "The loop, {hours, number} h {minutes, number} min",
    scale: "Scale",
    rules: "Rules for interviewers",
    debrief: "Debrief",
    probes: "Probes",
    redFlags: "Ask again when",
    reserve: "In reserve, in place of a question of the systems stage; decided before the first interview",
    uncovered: "No question of this loop touches these must skills of the role: {skills}.",
    skills: "Skills: {skills}.",
    noScore:
      "This kit adds nothing up and recommends nobody. It is asked in the same words of everybody; people decide and sign.",
    workSample:
      "The work sample is handed out as an archive; its answer sheet is a separate file for interviewers alone.",
  },
  sayAlone: {
    yes: "holds every row",
    lacks: "lacks {skills}",
    smallest: "The fewest roles that hold every row together: {roles}.",
    noTeam: "No set of these roles holds every row.",
  },
  money: {
    range: "{min, number} to {max, number} {currency}",
    yearly: "a year: {range}",
    pilot: "pilot: {range}",
    unpriced: "{count, plural, one {# line has} other {# lines have}} no amount: pay ranges are missing.",
  },
  xlsx: {
    // The name of a sheet: letters only, it stands unquoted in references.
    sheet: "Hiring",
    title: "Hiring plan: {project}, {day}",
    days: "Days",
    from: "From",
    to: "To",
    currency: "Currency",
    how: "How it was computed",
  },
} as const;

/** A history that once broke a rule, as short as it could be made. */
interface KnownHistory {
  readonly name: string;
  /** The safeguard without which it breaks it still; null where the rule itself was wrong. */
  readonly without: string | null;
  readonly history: string;
}

/** Found by the simulation while the rules were made. */
export const knownHistories: readonly KnownHistory[] = [
  {
    name: 'Y-30 an image that is started fences itself, and not the venue it was taken of',
    without: 'a request that comes late fences nobody',
    history: `
      takeImage 1 383 787 990 24
      exchange 0 857 594 718 50
      deliver 1 304 596 59 57
      deliver 1 610 572 139 63
      exchange 1 726 544 89 25
      deliver 1 675 27 880 66
      startImage 1 410 816 197 26`,
  },
  {
    name: 'Y-32 a venue in place of another does not take an epoch that was that one’s',
    without: 'a new venue has all facts before it works',
    history: `
      backUp 1 742 205 351 97
      refund 1 190 489 726 81
      restoreBackup 0 664 444 513 49
      handOver 0 551 787 341 62
      pairAnew 0 413 840 105 41
      takeOver 1 498 31 53 73`,
  },
  {
    name: 'Y-31 a backup is found out though the machine had died before it marked what is missing',
    without: 'what was committed before a crash is marked',
    history: `
      backUp 1 919 9 855 13
      refund 1 313 1 862 4
      restoreBackup 1 862 554 522 0`,
  },
  {
    name: 'Y-6 scans of a later epoch do not come before the fact that began it',
    without: 'scans come after the sales before them',
    history: `
      refund 1 170 918 642 57
      rename 1 373 444 967 84
      takeOver 1 225 814 980 60
      scan 0 753 242 553 29
      exchange 1 70 409 283 44
      deliver 1 881 928 261 88
      scan 1 210 162 201 52`,
  },
  {
    name: 'Y-21 a handover is taken before the last scans of the one who hands over',
    without: 'the new judge waits for all scans',
    history: `
      scan 1 819 404 626 23
      exchange 1 652 841 646 76
      handOver 0 490 49 598 53
      refund 0 662 938 330 38
      deliver 0 529 226 269 36
      deliver 0 435 196 603 18
      scan 1 566 724 296 3`,
  },
  {
    name: 'Y-63 a site admits and dies before it answers, and the device decides alone',
    without: 'a second attempt names the first',
    history: 'scan 0 954 14 571 4',
  },
  {
    name: 'Y-54 a code that was replaced is read alone, merged, and then its pass is revoked',
    without: null,
    history: `
      accredit 0 530 955 279 88
      moveDevice 0 494 920 100 78
      scan 1 782 187 236 52
      reissue 0 568 718 112 86
      moveDevice 1 884 175 705 52
      upload 1 578 769 976 10
      revoke 0 80 237 389 58`,
  },
];

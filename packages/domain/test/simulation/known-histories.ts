/** A history that once broke a rule, as short as it could be made. */
interface KnownHistory {
  readonly name: string;
  /** The safeguard without which it breaks it still. */
  readonly without: string;
  readonly history: string;
}

/** Found by the simulation while the rules were made. */
export const knownHistories: readonly KnownHistory[] = [
  {
    name: 'Y-30 a request that was long on its way fences nobody',
    without: 'a request that comes late fences nobody',
    history: `
      exchange 0 46 452 195 81
      deliver 1 609 723 785 83
      exchange 1 384 418 170 86
      deliver 0 433 181 262 6
      exchange 0 4 368 832 49
      deliver 1 291 795 328 38
      deliver 0 769 693 956 21`,
  },
  {
    name: 'Y-32 a venue in place of another takes no epoch that was given to that one',
    without: 'a new venue has all facts before it works',
    history: `
      backUp 0 630 649 43 75
      restoreBackup 0 205 842 99 8
      handOver 0 904 453 297 60
      pairAnew 1 635 4 736 14
      takeOver 1 830 725 741 85`,
  },
  {
    name: 'Y-31 a backup is found out though the machine had died before it marked what is missing',
    without: 'what was committed before a crash is marked',
    history: `
      backUp 1 976 257 892 1
      restoreBackup 0 349 806 555 1`,
  },
  {
    name: 'Y-6 scans of a later epoch do not come before the fact that began it',
    without: 'scans come after the sales before them',
    history: `
      revoke 1 133 731 38 35
      accredit 1 932 54 928 69
      takeOver 1 743 641 275 34
      scan 0 291 741 329 47
      exchange 0 160 88 888 67
      deliver 1 119 107 459 4
      scan 0 548 511 790 71`,
  },
  {
    name: 'Y-21 a handover is taken before the last scans of the one who hands over',
    without: 'the new judge waits for all scans',
    history: `
      scan 1 621 502 943 93
      scan 0 336 717 115 52
      exchange 0 310 846 929 69
      scan 0 129 320 773 25
      handOver 0 527 942 243 15
      deliver 1 591 4 886 82
      deliver 1 233 109 835 5
      scan 1 399 995 667 90`,
  },
  {
    name: 'Y-63 a site admits and dies before it answers, and the device decides alone',
    without: 'a second attempt names the first',
    history: `
      scan 1 910 235 509 10`,
  },
  {
    name: 'Y-63 a site admits and dies before it answers, and the other one judges the same attempt',
    without: 'an attempt that two sites judged is kept twice',
    history: `
      takeOver 1 106 183 474 68
      scan 1 321 926 632 9
      sendAgain 1 81 537 220 42`,
  },
  {
    name: 'Y-60 two sites judge the same exit, and one of them an entry too many after it',
    without: 'double entries are found',
    history: `
      hold 1 7 550 515 75
      hold 0 303 246 171 77
      takeOver 1 516 354 469 16
      scan 1 902 647 814 85
      accredit 1 681 767 560 24
      pay 0 191 27 469 16
      pay 1 10 975 458 27
      scan 1 453 698 868 27
      scan 0 785 132 327 5
      scan 0 285 507 677 88
      sendAgain 0 815 363 245 38`,
  },
  {
    name: 'Y-63 a device whose clock is wrong decides alone what a site had admitted',
    without: 'double entries are found',
    history: `
      reissue 1 881 167 141 28
      reissue 0 71 771 150 93
      scan 0 686 661 319 81
      reissue 1 595 460 417 51
      reissue 0 335 741 15 58
      setClock 0 877 277 277 54
      reissue 1 788 425 173 56
      scan 0 67 441 246 19
      crash 0 882 168 930 32
      pay 0 477 601 630 49
      upload 0 609 134 79 77
      sendAgain 0 419 823 695 39
      moveDevice 1 677 3 358 92
      reissue 0 601 224 721 4
      hold 1 6 244 794 96
      drop 0 930 108 636 17
      scan 1 493 943 52 10
      takeImage 1 742 319 130 39
      scan 0 390 953 873 31
      scan 0 910 532 327 71
      deliver 1 497 543 220 97
      deliver 1 474 981 863 17
      setClock 1 368 541 769 6
      scan 1 656 14 269 96
      scan 1 677 241 499 27`,
  },
  {
    name: 'Y-54 a code that was replaced is read alone, merged, and then its pass is revoked',
    without: 'a replaced code is not the end of its pass',
    history: `
      moveDevice 0 670 895 498 76
      scan 0 100 567 662 18
      reissue 0 533 835 946 47
      moveDevice 1 766 841 389 19
      upload 0 388 30 244 43
      revoke 0 38 7 757 88`,
  },
];

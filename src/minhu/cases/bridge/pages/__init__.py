"""What pages show of cases and their kinds: rows, nets and clocks turned into words and pictures."""

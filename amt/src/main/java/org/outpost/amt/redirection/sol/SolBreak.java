package org.outpost.amt.redirection.sol;

/** Written to a SOL channel: a break on the serial line, which Linux takes for SysRq. */
public record SolBreak() {}

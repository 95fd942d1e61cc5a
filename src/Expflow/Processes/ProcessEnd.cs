namespace Expflow.Processes;

/// <summary>How a process ended, and what it and its waited-for children used.</summary>
/// <param name="ExitCode">Its exit code; null when a signal ended it.</param>
/// <param name="Signal">The signal that ended it; null when it ended by itself.</param>
/// <param name="CpuTime">User and system time.</param>
/// <param name="PeakMemory">The most resident memory of its largest single process, in bytes.</param>
public readonly record struct ProcessEnd(int? ExitCode, int? Signal, TimeSpan CpuTime, long PeakMemory);

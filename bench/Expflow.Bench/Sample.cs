using System.Diagnostics;
using Expflow.Processes;

namespace Expflow.Bench;

/// <summary>What one run of a whole program cost.</summary>
/// <param name="Milliseconds">Wall time.</param>
/// <param name="PeakMegabytes">The most resident memory of its largest process.</param>
/// <param name="ExitCode">Its exit code; -1 when a signal ended it.</param>
internal readonly record struct Sample(double Milliseconds, double PeakMegabytes, int ExitCode)
{
    /// <summary>Starts a program and waits for it; what it prints goes to <paramref name="output"/>.</summary>
    public static Sample Of(string folder, string output, string program, params string[] arguments)
    {
        var search = new ProgramSearch(Environment.GetEnvironmentVariable("PATH"));
        var start = new ProcessStart
        {
            Program = search.Find(program, folder) ?? throw new FileNotFoundException($"'{program}' is not installed."),
            Arguments = arguments,
            Environment = new EnvironmentBlock(EnvironmentBlock.OfThisProcess()),
            Folder = folder,
            Output = output,
        };
        var watch = Stopwatch.StartNew();
        if (ChildProcess.Start(start) is not StartOutcome.Started(var child))
            throw new InvalidOperationException($"'{program}' can't be started.");
        var end = child.Wait();
        return new(watch.Elapsed.TotalMilliseconds, end.PeakMemory / 1048576.0, end.ExitCode ?? -1);
    }

    /// <summary>The samples in the middle of their wall times and of their memories.</summary>
    public static Sample Median(IReadOnlyList<Sample> samples) =>
        new(
            Middle(samples.Select(sample => sample.Milliseconds)),
            Middle(samples.Select(sample => sample.PeakMegabytes)),
            samples.Max(sample => sample.ExitCode)
        );

    /// <summary>The value in the middle.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

using System.Diagnostics;
using System.Globalization;
using Expflow.Processes;

namespace Expflow.Bench;

/// <summary>The floor under every executor: the same empty program started and waited for, over and over, with nothing noted of it.</summary>
internal static class Spawn
{
    private const int AtOnce = 2;

    public static int Run(int runs)
    {
        ChildProcess.KeepEndings();
        var start = new ProcessStart
        {
            Program = "/bin/true",
            Arguments = [],
            Environment = new EnvironmentBlock(EnvironmentBlock.OfThisProcess()),
            Folder = "/",
            Output = "/dev/null",
        };
        var failed = 0;
        var left = runs;
        void Loop()
        {
            while (Interlocked.Decrement(ref left) >= 0)
                if (ChildProcess.Start(start) is not StartOutcome.Started started || started.Child.Wait().ExitCode != 0)
                    Interlocked.Increment(ref failed);
        }
        var threads = Enumerable.Range(0, AtOnce).Select(_ => new Thread(Loop)).ToList();
        var watch = Stopwatch.StartNew();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"runs\":{runs},\"at_once\":{AtOnce},\"failed\":{failed},\"ms_per_run\":{seconds * 1000 / runs:0.000},\"runs_per_s\":{runs / seconds:0}}}"
            )
        );
        return failed == 0 ? 0 : 1;
    }
}

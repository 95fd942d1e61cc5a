namespace Expflow.Processes;

/// <summary>A program that is asked something: started, looked at when its answer may be there, ended when nobody waits any longer.</summary>
public sealed class Inquiry : IDisposable
{
    private readonly ChildProcess child;
    private readonly string answer;

    private Inquiry(ChildProcess child, string answer) => (this.child, this.answer) = (child, answer);

    /// <summary>Starts a program; null when it can't be started.</summary>
    /// <param name="program">Its file, absolute.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its variables.</param>
    public static Inquiry? Start(string program, IReadOnlyList<string> arguments, EnvironmentBlock environment)
    {
        var answer = Path.Combine(Path.GetTempPath(), $"expflow-{Guid.NewGuid():N}");
        var start = new ProcessStart
        {
            Program = program,
            Arguments = arguments,
            Environment = environment,
            Folder = "/",
            Output = answer,
        };
        if (ChildProcess.Start(start) is StartOutcome.Started started)
            return new(started.Child, answer);
        File.Delete(answer);
        return null;
    }

    /// <summary>Waits at most so long; true when it has ended.</summary>
    public bool IsOver(TimeSpan wait) => child.WaitForEnd(wait);

    /// <summary>Waits for its end: its exit code, null when a signal ended it, and all that it said.</summary>
    public (int? ExitCode, string Text) Answer()
    {
        var end = child.Wait();
        return (end.ExitCode, File.Exists(answer) ? File.ReadAllText(answer) : "");
    }

    /// <summary>Ends it if it hasn't ended, and forgets what it said.</summary>
    public void Dispose()
    {
        child.Signal(Native.SigKill);
        child.Wait();
        File.Delete(answer);
    }
}

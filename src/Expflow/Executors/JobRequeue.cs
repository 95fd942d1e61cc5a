using Expflow.Processes;

namespace Expflow.Executors;

/// <summary>Asks Slurm to start this very job again, so that what depends on it goes on waiting for it.</summary>
internal static class JobRequeue
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Null when Slurm has agreed, and will end this process at any moment; otherwise why not.</summary>
    public static string? Ask(string job, ProgramSearch programs, EnvironmentBlock environment)
    {
        if (programs.Find("scontrol", "/") is not { } scontrol)
            return "there is no 'scontrol' in PATH";
        using var inquiry = Inquiry.Start(scontrol, ["requeue", job], environment);
        if (inquiry is null)
            return $"'{scontrol}' can't be started";
        if (!inquiry.IsOver(Longest))
            return $"'scontrol requeue {job}' gave no answer in {Longest.TotalSeconds:0} s";
        var (code, text) = inquiry.Answer();
        return code == 0 ? null : $"'scontrol requeue {job}' said: {text.Trim()}";
    }
}

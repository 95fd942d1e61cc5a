using System.Globalization;
using Expflow.Slurm;

namespace Expflow.Cli.Commands;

/// <summary><c>EXPFLOW_SLURM_TIMEOUT</c>: how long Slurm's programs are waited for, where a site's controller is slow.</summary>
internal static class SlurmTimeout
{
    private const string Variable = "EXPFLOW_SLURM_TIMEOUT";

    /// <summary>The patience that the user wants.</summary>
    public static SlurmPatience Read(Composition with)
    {
        if (with.Environment(Variable) is not { Length: > 0 } text)
            return new();
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 3600)
        {
            with.Terminal.Warn($"'{Variable}' takes seconds, 1 to 3600; this is '{text}'. It was left out.");
            return new();
        }
        var limit = TimeSpan.FromSeconds(seconds);
        return new()
        {
            Answer = limit,
            Submission = limit,
            Questions = limit,
        };
    }
}

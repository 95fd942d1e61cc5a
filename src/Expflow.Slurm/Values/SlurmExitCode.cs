using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Expflow.Slurm;

/// <summary>How a job or step ended: <c>1:0</c> is exit code 1, <c>0:9</c> a death by signal 9.</summary>
/// <param name="Code">The exit code, 0 to 255 (and 256 + n in some <c>DerivedExitCode</c>s).</param>
/// <param name="Signal">The signal that ended it; 0 for none. 125 is Slurm's own mark for out of memory, 53 for a failed start.</param>
public readonly record struct SlurmExitCode(int Code, int Signal)
{
    /// <summary>Neither code nor signal.</summary>
    public bool IsZero => Code == 0 && Signal == 0;

    /// <summary>Reads <c>1:0</c>, and <c>1</c> alone; false for anything else.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SlurmExitCode? exit)
    {
        exit = null;
        var parts = (text ?? "").Split(':');
        if (parts.Length > 2 || !TryWhole(parts[0], out var code))
            return false;
        var signal = 0;
        if (parts.Length == 2 && !TryWhole(parts[1], out signal))
            return false;
        exit = new(code, signal);
        return true;
    }

    /// <summary>Slurm's form.</summary>
    public override string ToString() => $"{Code}:{Signal}";

    private static bool TryWhole(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

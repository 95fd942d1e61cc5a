using System.Text;

namespace Expflow.Runs;

/// <summary>The name of a run's folder: what a person looks for, then six digits of the run's id.</summary>
/// <remarks>Safe for any value on any file system that Slurm clusters use: letters, digits and <c>._=,+-</c> only, at most 120 bytes.</remarks>
public static class RunFolderName
{
    private const int LongestReadable = 100;

    /// <summary><c>dataset=hcrl_sa,seed=0-1f3a9c</c>; only the id when there is nothing to tell runs apart by.</summary>
    /// <param name="id">The run.</param>
    /// <param name="swept">Name and value, as people write them, of the parameters that differ between the stage's runs.</param>
    public static string Of(RunId id, IEnumerable<(string Name, string Value)> swept)
    {
        var name = new StringBuilder(64);
        foreach (var (parameter, value) in swept)
        {
            if (name.Length > 0)
                name.Append(',');
            AppendSafe(name, parameter);
            name.Append('=');
            AppendSafe(name, value);
        }
        // A cut name can be shared by runs, and six digits by one pair in 5,800 runs: then the whole id parts them.
        if (name.Length > LongestReadable)
            return $"{name.ToString(0, LongestReadable)}-{id}";
        return name.Length == 0 ? id.Brief : name.Append('-').Append(id.Brief).ToString();
    }

    private static void AppendSafe(StringBuilder name, string text)
    {
        foreach (var c in text)
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-' ? c : '_');
    }
}

using System.Buffers;
using System.Text;
using Expflow.Experiments;
using Expflow.Parameters;
using Expflow.Runs;

namespace Expflow.Planning;

/// <summary>
/// Identity is content: the experiment's name, the stage, its command, its own parameters, and the ids of the runs that it needs. Not
/// resources, priority, tags, description or retry policy.
/// </summary>
/// <remarks>
/// The hashed bytes: a version line, then the parts, each ended by a zero byte; parameters as <see cref="ParameterSet.WriteCanonical"/> has them; ids in
/// ascending order. Changing any of this makes every finished run of every user a new one.
/// </remarks>
internal sealed class RunIdentity
{
    private readonly ArrayBufferWriter<byte> content = new(512);
    private readonly byte[] head;
    private readonly string[] own;
    private CanonicalNames? names;

    public RunIdentity(string experiment, Stage stage)
    {
        head = Encoding.UTF8.GetBytes($"expflow run 1\n{experiment}\0{stage.Name}\0{Normal(stage.Command.Text)}\0");
        own = [.. stage.Uses.Concat(stage.Per ?? []).Distinct(StringComparer.Ordinal)];
    }

    public RunId Of(ParameterSet parameters, RunId[] needs)
    {
        content.ResetWrittenCount();
        content.Write(head);
        if (names is null || !names.Fits(parameters))
            names = new(parameters, own);
        names.Write(parameters, content);
        content.Write("\0"u8);
        foreach (var need in needs.Length > 1 ? needs.Order() : needs.AsEnumerable())
            Encoding.UTF8.GetBytes(need.ToString(), content);
        return RunId.Of(content.WrittenSpan);
    }

    // How YAML folded the lines, and blanks at their ends, mean nothing to a shell.
    private static string Normal(string command) =>
        string.Join('\n', command.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();
}

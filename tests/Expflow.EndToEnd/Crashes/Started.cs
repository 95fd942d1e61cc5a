using System.Diagnostics;
using System.Text;

namespace Expflow.EndToEnd.Crashes;

/// <summary>A process under way.</summary>
internal sealed class Started
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    public Started(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Note(output, line.Data);
        process.ErrorDataReceived += (_, line) => Note(error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Pid => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>What it has said so far.</summary>
    public string Out => TextOf(output);

    /// <summary>What it has said to stderr so far.</summary>
    public string Error => TextOf(error);

    public void Signal(string signal) => ScratchProject.Signal(signal, process.Id);

    /// <summary>Its end; a process that hangs is a failure after a minute.</summary>
    public Ended Wait()
    {
        if (!process.WaitForExit(60_000))
            throw new TimeoutException($"It hangs. So far it said:\n{Error}");
        process.WaitForExit();
        return new(process.ExitCode, Out, Error);
    }

    private static string TextOf(StringBuilder said)
    {
        lock (said)
            return said.ToString();
    }

    private static void Note(StringBuilder said, string? line)
    {
        if (line is not null)
            lock (said)
                said.AppendLine(line);
    }
}

/// <summary>A process that has ended.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    public string All => $"exit {Code}\n{Out}\n{Error}";
}

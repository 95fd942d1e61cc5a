using System.Globalization;
using Expflow.Slurm;

namespace Expflow.Tests.Witnesses;

/// <summary>Programs named as Slurm's that print what a test has put down, and write down each call.</summary>
internal sealed class FakeSlurm : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FakeSlurm()
    {
        Script("squeue", """for last; do :; done; cat "$at/queue.${last#--jobs=}" 2>/dev/null""");
        Script("sacct", """[ "$1" = --helpformat ] || cat "$at/accounts" 2>/dev/null""");
        Script("sbatch", "exit 1");
        Script("sdiag", """cat "$at/sdiag" 2>/dev/null""");
    }

    public SlurmPrograms Programs =>
        SlurmPrograms.From(new Dictionary<string, string> { ["PATH"] = $"{folder["bin"]}:/usr/bin:/bin" });

    /// <summary>How often a program was called since the last time that this was asked.</summary>
    public int Calls(string program)
    {
        var path = folder[$"calls.{program}"];
        if (!File.Exists(path))
            return 0;
        var calls = File.ReadAllLines(path).Count(line => !line.Contains("--helpformat", StringComparison.Ordinal));
        File.Delete(path);
        return calls;
    }

    /// <summary>What squeue has of a job; no rows for one that it doesn't know.</summary>
    public void Queue(long job, params string[] rows) =>
        File.WriteAllText(folder[$"queue.{job}"], string.Concat(rows.Select(row => row + "\n")));

    /// <summary>A row of squeue, in the fields that it is asked for.</summary>
    public static string Row(
        string job,
        string state,
        string reason = "None",
        string name = "",
        DateTimeOffset? start = null,
        string nodes = ""
    )
    {
        var number = job.Split('_')[0];
        var at = start?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "N/A";
        return string.Join(
                '\x1f',
                [
                    job,
                    number,
                    state,
                    reason,
                    name,
                    "(null)",
                    "me",
                    "p",
                    "a",
                    "q",
                    nodes,
                    at,
                    "1",
                    "N/A",
                    "1:00",
                    "0:00",
                    "(null)",
                ]
            ) + '\x1e';
    }

    /// <summary>What sacct has.</summary>
    public void Accounts(params string[] rows) => File.WriteAllText(folder["accounts"], string.Concat(rows));

    /// <summary>A row of sacct, in the fields that it is asked for.</summary>
    public static string Account(
        string job,
        string state,
        string exit = "0:0",
        string name = "",
        DateTimeOffset? end = null,
        string memory = "100M",
        string peak = "",
        string reason = "None"
    )
    {
        var ended = end?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "Unknown";
        return string.Concat(
                new[]
                {
                    job,
                    job.Split('_')[0],
                    name,
                    "p",
                    "a",
                    "me",
                    state,
                    exit,
                    "0:0",
                    reason,
                    "node1",
                    "12",
                    "60",
                    "1",
                    "2",
                    ended,
                    peak,
                    memory,
                    "",
                    "",
                }.Select(field => field + '\x1f')
            ) + "\n";
    }

    /// <summary>Makes a program fail as it does when nobody answers.</summary>
    public void Break(string program) =>
        Script(
            program,
            "echo 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)' >&2; exit 1"
        );

    public void Script(string program, string body)
    {
        Directory.CreateDirectory(folder["bin"]);
        var path = folder[$"bin/{program}"];
        File.WriteAllText(path, $"#!/bin/sh\nat=${{0%/bin/*}}\necho \"$*\" >> \"$at/calls.{program}\"\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => folder.Dispose();
}

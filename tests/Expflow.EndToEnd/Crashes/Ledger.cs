namespace Expflow.EndToEnd.Crashes;

/// <summary>What runs wrote down of themselves: <c>start RUN ATTEMPT</c> and <c>end RUN ATTEMPT</c>, and <c>double RUN</c> when another process of the run was alive.</summary>
internal static class Ledger
{
    /// <summary>A command that writes the ledger, holding a lock of its run while any process of it lives.</summary>
    public static string Command(string run, string middle) =>
        $"exec 9>>locks/{run}; flock -n 9 || echo double {run} >> ledger; "
        + $"echo start {run} $EXPFLOW_ATTEMPT >> ledger; {middle}; echo end {run} $EXPFLOW_ATTEMPT >> ledger";

    public static IReadOnlyList<(string What, string Run, string Attempt)> Read(ScratchProject project) =>
        !File.Exists(project["ledger"])
            ? []
            :
            [
                .. File.ReadLines(project["ledger"])
                    .Select(line => line.Split(' '))
                    .Select(words => (words[0], words[1], words.ElementAtOrDefault(2) ?? "")),
            ];

    public static int Count(ScratchProject project, string what) => Read(project).Count(line => line.What == what);
}

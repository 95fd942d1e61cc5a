using Expflow.Processes;

namespace Expflow.Detection;

/// <summary>The machine that one stands on, as far as it may be used.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Cores">Cores.</param>
/// <param name="Memory">Memory in bytes.</param>
/// <param name="Gpus">The models of its GPUs (<c>NVIDIA A100</c>), as many as there are; a GPU that doesn't say is <c>GPU</c>.</param>
public sealed record MachineSight(string Host, int Cores, long Memory, IReadOnlyList<string> Gpus)
{
    private const string NoModel = "GPU";

    /// <summary>Looks.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="visible">What <c>CUDA_VISIBLE_DEVICES</c> says, or null.</param>
    /// <param name="root">Where <c>/proc</c> and <c>/sys</c> are: <c>/</c> but in tests.</param>
    public static MachineSight Of(string host, string? visible, string root = "/")
    {
        var facts = new MachineFacts(root);
        var models = Models(Path.Combine(root, "proc/driver/nvidia/gpus"));
        var usable = facts.Gpus(visible);
        return new(host, facts.Cores, facts.Memory, [.. usable.Select(gpu => ModelOf(gpu, models))]);
    }

    // By index; a UUID's model is known where all are the same.
    private static string ModelOf(string gpu, List<string> models) =>
        int.TryParse(gpu, out var index) && index < models.Count ? models[index]
        : models.Distinct().Count() == 1 ? models[0]
        : NoModel;

    private static List<string> Models(string folder)
    {
        try
        {
            return Directory.Exists(folder)
                ?
                [
                    .. Directory
                        .EnumerateDirectories(folder)
                        .Order(StringComparer.Ordinal)
                        .Select(gpu => Model(Path.Combine(gpu, "information"))),
                ]
                : [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Model(string file) =>
        (ProcFile.Read(file) ?? "")
            .Split('\n')
            .Where(line => line.StartsWith("Model:", StringComparison.Ordinal))
            .Select(line => line["Model:".Length..].Trim())
            .FirstOrDefault(NoModel);
}

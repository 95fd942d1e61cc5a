namespace Expflow.Manifests;

/// <summary>The runs that a submission must end with, written before the first of them is started.</summary>
/// <param name="Header">The submission as a whole.</param>
/// <param name="Runs">Every run, those that were done before included, upstream stages first.</param>
public sealed record Manifest(ManifestHeader Header, IReadOnlyList<ManifestRun> Runs);

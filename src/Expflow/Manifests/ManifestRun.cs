using Expflow.Runs;

namespace Expflow.Manifests;

/// <summary>One run as a manifest names it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Stage">The stage's name.</param>
/// <param name="Parameters">The run's parameters as a JSON object.</param>
/// <param name="Folder">The run's folder, relative to the project's runs folder.</param>
/// <param name="Needs">The runs that must be done before it.</param>
public sealed record ManifestRun(RunId Id, string Stage, string Parameters, string Folder, IReadOnlyList<RunId> Needs);

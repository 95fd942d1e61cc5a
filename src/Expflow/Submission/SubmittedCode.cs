using Expflow.Manifests;

namespace Expflow.Submission;

/// <summary>The code that a submission's runs execute.</summary>
/// <param name="Folder">Where commands start, absolute.</param>
/// <param name="Version">What version it is; null when it is not frozen.</param>
public sealed record SubmittedCode(string Folder, ManifestCode? Version);

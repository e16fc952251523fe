using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Deskly.Calls.Transcription;

public sealed class AssemblyAiClient
{
    private readonly HttpClient _http;

    public AssemblyAiClient(HttpClient http) => _http = http;

    public async Task<string> UploadAsync(Stream recording)
    {
        using var content = new StreamContent(recording);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await _http.PostAsync("upload", content);
        response.EnsureSuccessStatusCode();
        var uploaded = await response.Content.ReadFromJsonAsync<UploadAnswer>();
        return uploaded?.UploadUrl ?? throw new TranscriptionException("upload without an address");
    }
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Tracking.Api.Controllers;

[ApiController]
[Route("hooks/ups")]
[Authorize(AuthenticationSchemes = UpsCredentialDefaults.Scheme)]
public sealed class UpsTrackingController : ControllerBase
{
    private readonly IProcessedEvents _processed;
    private readonly IProofOfDelivery _proofs;
    private readonly IErpGateway _erp;
    private readonly ICustomerMail _mail;

    public UpsTrackingController(IProcessedEvents processed, IProofOfDelivery proofs, IErpGateway erp, ICustomerMail mail)
    {
        _processed = processed;
        _proofs = proofs;
        _erp = erp;
        _mail = mail;
    }

    [HttpPost("track-alert")]
    [RequestSizeLimit(256 * 1024)]
    public async Task<IActionResult> Receive([FromBody] TrackAlert alert, CancellationToken ct)
    {
        var key = $"{alert.TrackingNumber}:{alert.ActivityStatus.Code}:{alert.GmtActivityTime}";
        if (await _processed.ContainsAsync(key, ct))
        {
            return Ok();
        }
        if (alert.ActivityStatus.Type == "D")
        {
            var proof = await _proofs.DownloadAsync(alert.TrackingNumber, ct);
            var archiveId = await _erp.ArchiveAndPostGoodsIssueAsync(alert.TrackingNumber, proof, ct);
            await _mail.SendDeliveredAsync(alert.TrackingNumber, archiveId, ct);
        }
        await _processed.AddAsync(key, ct);
        return Ok();
    }
}

"""Makes the pdf, docx and xlsx files of `samples/`; the other formats there are written by hand.

Run `python tools/make_samples.py` after changing a text. It needs fpdf2 (`dev` extra) and the
DejaVu fonts (`apt-get install fonts-dejavu-core`). The same texts give the same bytes, whatever
the day, so that a rerun without a change leaves nothing to commit.

A text is one block a line; an indented line goes on with the block above it:

    > centred    # title    ## heading    ### lower heading    - list item    | table | row |
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from fpdf import FPDF
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
MADE = datetime(2026, 1, 20, 8, 0, tzinfo=UTC)  # every file says it was made then
ZIP_DATE = (2026, 1, 20, 8, 0, 0)
MARKS = {">": "centred", "#": "title", "##": "heading", "###": "lower", "-": "item", "|": "row"}
SIZES = {"title": 13.5, "heading": 12.5, "lower": 11.5}  # points; other blocks take BODY_SIZE
BODY_SIZE = 11.5
LINE = 6.5  # millimetres

CA_MAU = """
> BẢN TIN KINH TẾ TẬP THỂ TỈNH CÀ MAU
> Cà Mau, tháng 8/2023
# Cà Mau bàn cách vực dậy khu vực hợp tác xã
(Tài liệu mẫu, viết lại từ số liệu địa phương đã công bố.)
Tỉnh Cà Mau vừa mở hội nghị bàn chuyện kinh tế tập thể. Mọi con số nêu trong bản tin này của tỉnh
    Cà Mau được tính đến tháng 8/2023.
## Bức tranh bằng số đến tháng 8/2023
Đến tháng 8/2023, tỉnh Cà Mau có 281 hợp tác xã (HTX). Các HTX ở Cà Mau đến tháng 8/2023 có 4.292
    thành viên.
Trong số đó, đến tháng 8/2023, Cà Mau có 247 HTX đang hoạt động. Số HTX tạm ngưng hoạt động ở Cà
    Mau đến tháng 8/2023 là 34 HTX.
Đến tháng 8/2023, Cà Mau có 1 liên hiệp HTX. Liên hiệp HTX này ở Cà Mau có 6 HTX thành viên. Liên
    hiệp HTX của Cà Mau sử dụng 59 lao động.
Đến tháng 8/2023, Cà Mau có 987 tổ hợp tác. Các tổ hợp tác ở Cà Mau đến tháng 8/2023 có 14.560 tổ
    viên.
## Điều làm được
HTX ở Cà Mau gắn chặt với ruộng vườn, ao tôm và đời sống làng quê. Nhiều đơn vị đã giúp xã của
    mình đạt thêm tiêu chí nông thôn mới. Không ít nơi nhắc nhau giữ sạch nguồn nước, bớt thuốc,
    chuyển dần sang cách nuôi trồng an toàn, hữu cơ hay theo các bộ tiêu chuẩn VietGAP,
    GlobalGAP.
Ở xã Tân Dân, huyện Đầm Dơi, một tổ hợp tác của đoàn viên thanh niên chọn nghề ươm dèo cua giống.
    Ở xã Trí Phải, huyện Thới Bình, HTX Quyết Thắng là nơi được nhắc đến như một gương làm ăn.
Hội nghị cũng nghe một chuyên gia của trường chính sách kể lại kinh nghiệm của nhiều tỉnh, thành.
    Đại biểu cho rằng phần lớn bài học ấy dùng được ở Cà Mau.
## Điều chưa được
Lãnh đạo UBND tỉnh nói thẳng: chỉ một vài HTX làm ăn tương đối tốt, phần đông còn lại chưa được
    như mong muốn. Quy mô nhỏ, liên kết lỏng và thiếu người quản lý giỏi là ba nguyên nhân được
    nêu nhiều nhất khi thảo luận.
## Việc giao cho từng nơi
Đối với các HTX, hội nghị nêu bốn việc:
- đổi cách làm, mở rộng quy mô và đi theo chuỗi giá trị;
- có thêm sản phẩm của Chương trình mỗi xã một sản phẩm (OCOP);
- đầu tư vùng sản xuất công nghệ cao, hữu cơ, xanh;
- gắn việc của HTX với xây dựng nông thôn mới và cơ cấu lại ngành nông nghiệp.
Đối với Liên minh HTX tỉnh, yêu cầu là đi cơ sở đều đặn, gom các vướng mắc để báo cáo UBND tỉnh.
    Liên minh cùng các huyện, thành phố củng cố HTX yếu và cho giải thể những HTX đã ngừng hẳn.
    Liên minh cũng tổ chức đi học ở tỉnh bạn rồi đề xuất cách áp dụng tại chỗ.
Đối với sở, ngành, việc chính là đưa ra chính sách sát thực tế về đất, vốn vay, thuế, dạy nghề,
    đào tạo người quản lý HTX, công nghệ, chuyển đổi số, tìm thị trường, khuyến công, khuyến
    nông.
Đối với huyện, thành phố, mỗi nơi phải có kế hoạch riêng cho kinh tế tập thể và ghép nội dung này
    vào kế hoạch kinh tế - xã hội từng năm. Mặt trận và các đoàn thể cùng tham gia vận động người
    dân.
## Cách đọc số liệu
Số liệu trong bản tin là số của toàn tỉnh Cà Mau ở một thời điểm, không phải số cộng dồn trong
    năm. Số thành viên HTX và số tổ viên tổ hợp tác được đếm riêng, không cộng vào nhau.
"""

LOAN_FUND = """
# Tóm tắt: Vay vốn Quỹ hỗ trợ phát triển hợp tác xã
Tài liệu mẫu, tóm tắt Nghị định 45/2021/NĐ-CP (không thay văn bản gốc)
Hiệu lực của văn bản gốc: từ ngày 15/5/2021
## Điều 3 Nghị định 45/2021/NĐ-CP: Quỹ là gì
- Quỹ không nhằm kiếm lời; Quỹ giữ và làm tăng vốn, tự lo thu chi.
- Quỹ theo một trong hai mô hình: công ty một thành viên với 100% vốn Nhà nước, hoặc tổ chức tài
    chính kiểu HTX.
- Quỹ là pháp nhân, có con dấu, mở tài khoản ở Kho bạc và ngân hàng.
## Điều 4 Nghị định 45/2021/NĐ-CP: Quỹ làm gì
- Nhận và huy động vốn, cho HTX và thành viên vay.
- Tư vấn tài chính, đào tạo cho người vay.
- Ủy thác và nhận ủy thác.
## Điều 20 Nghị định 45/2021/NĐ-CP: ai được vay
- Được vay: HTX, liên hiệp HTX, thành viên của tổ hợp tác và thành viên của HTX.
- Thành viên HTX là doanh nghiệp thì không được vay.
- Quỹ trung ương cho vay trên cả nước; Quỹ địa phương chỉ cho vay trong tỉnh mình.
## Điều 21 Nghị định 45/2021/NĐ-CP: dùng tiền vay thế nào
Người vay phải dùng tiền đúng mục đích, trả gốc và lãi đúng hẹn đã thỏa thuận với Quỹ.
## Điều 22 Nghị định 45/2021/NĐ-CP: sáu điều kiện vay
- Thuộc nhóm được vay ở Điều 20.
- Là pháp nhân lập đúng luật; cá nhân thì từ đủ 18 tuổi và có đủ năng lực hành vi.
- Có dự án hoặc phương án kinh doanh được Quỹ thẩm định là làm được và trả được nợ.
- Làm đúng yêu cầu về bảo đảm tiền vay.
- Có vốn tự có tham gia ít nhất 20% tổng vốn đầu tư của dự án hay phương án.
- Không có nợ xấu ở tổ chức tín dụng vào lúc Quỹ giải ngân lần đầu.
## Điều 23 Nghị định 45/2021/NĐ-CP: mức vay tối đa
- Một khách hàng: tổng dư nợ không quá 15% vốn điều lệ mà Quỹ thực có.
- Một khách hàng cùng người có liên quan: tổng dư nợ không quá 25% vốn điều lệ mà Quỹ thực có.
- Số tiền cụ thể do Quỹ xét theo phương án, khả năng trả nợ và nguồn tiền.
## Điều 24 Nghị định 45/2021/NĐ-CP: thời hạn vay
Nghị định không ấn định số năm. Quỹ quyết định thời hạn cho từng dự án, dựa vào vòng sản xuất,
    khả năng thu hồi vốn và trả nợ.
## Điều 25 Nghị định 45/2021/NĐ-CP: lãi suất và lãi quá hạn
- Lãi suất phải ưu đãi nhưng đủ bù chi phí của Quỹ; mức cụ thể theo điều lệ và quy định nội bộ
    của từng Quỹ.
- Trả chậm thì lãi suất quá hạn tối đa bằng 150% lãi trong hạn.
- Vay và trả bằng đồng Việt Nam.
## Điều 26 Nghị định 45/2021/NĐ-CP: có phải thế chấp không
Quỹ và người vay tự thỏa thuận có hay không có tài sản bảo đảm. Có tài sản bảo đảm thì Quỹ được
    xử lý để thu nợ khi cần.
## Điều 27 Nghị định 45/2021/NĐ-CP: không trả kịp thì sao
- Quỹ có thể đổi kỳ trả nợ mà giữ nguyên thời hạn vay, nếu thấy sau khi đổi người vay trả đủ.
- Quỹ có thể gia hạn thêm một thời gian, nếu người vay sẽ trả đủ sau thời hạn vay.
- Người vay phải có đề nghị; Quỹ xem xét rồi mới quyết định.
## Điều 31 Nghị định 45/2021/NĐ-CP: hỏi hồ sơ vay ở đâu
Hồ sơ vay, quy trình thẩm định và cách chuyển nợ quá hạn nằm trong quy định nội bộ của từng Quỹ.
    Người vay nên hỏi thẳng Quỹ của tỉnh mình hoặc Liên minh HTX tỉnh để lấy mẫu mới nhất.
## Điều 37 Nghị định 45/2021/NĐ-CP: vốn điều lệ của Quỹ
- Quỹ trung ương: 1.000 tỷ đồng.
- Quỹ địa phương: ít nhất 20 tỷ đồng, dù theo mô hình công ty hay mô hình HTX.
"""

PLAN = """
> ỦY BAN NHÂN DÂN TỈNH MẪU
> CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
> Độc lập - Tự do - Hạnh phúc
> Số: 15/KH-UBND
> Tỉnh mẫu, ngày 20 tháng 01 năm 2026
> KẾ HOẠCH
# Hỗ trợ phát triển kinh tế tập thể giai đoạn 2026 - 2030
(Văn bản mẫu do nhóm dự án soạn để thử trợ lý; “tỉnh mẫu” không có thật, số tiền và mức hỗ trợ là
    giả định, không có giá trị pháp lý.)
## Chương I
## QUY ĐỊNH CHUNG
### Điều 1. Kế hoạch này dành cho ai
1. Hợp tác xã (HTX), liên hiệp HTX và tổ hợp tác đã đăng ký, đặt trụ sở tại tỉnh mẫu.
2. Cơ quan, xã, phường và Liên minh HTX tỉnh có phần việc trong Kế hoạch.
### Điều 2. Mục tiêu đến năm 2030
1. Phấn đấu lập mới 60 HTX và 2 liên hiệp HTX trong giai đoạn 2026 - 2030.
2. Phấn đấu ít nhất 65% HTX nông nghiệp xếp loại tốt, khá vào năm 2030.
3. Phấn đấu 80% HTX dùng phần mềm kế toán và nhập đủ số liệu lên hệ thống thông tin quốc gia vào
    năm 2030.
### Điều 3. Cách hỗ trợ
1. Công khai, đúng người, đúng việc, không hỗ trợ hai lần cho một nội dung.
2. Phần lớn khoản hỗ trợ được chi sau khi việc đã làm xong và được nghiệm thu.
## Chương II
## NỘI DUNG VÀ MỨC HỖ TRỢ
### Điều 4. Điều kiện chung để được xét
1. Hoạt động ít nhất 12 tháng, trừ nội dung tại Điều 5.
2. Nhập số liệu năm trước lên hệ thống thông tin quốc gia đúng hạn.
3. Không nợ thuế quá 90 ngày và không đang bị xử phạt về việc dùng sai tiền hỗ trợ.
4. Có ít nhất một trong các kết quả sau:
a) thêm từ 5 thành viên trong năm trước;
b) mở được lớp học cho thành viên;
c) trích lập quỹ chung không chia.
### Điều 5. Hỗ trợ lập mới
1. Mỗi HTX mới được hỗ trợ một lần 30 triệu đồng để chi cho tư vấn, điều lệ, biển hiệu và sổ
    sách.
2. HTX ở xã đặc biệt khó khăn được hỗ trợ một lần 45 triệu đồng.
3. Hồ sơ nộp trong 6 tháng kể từ ngày nhận giấy đăng ký.
### Điều 6. Hỗ trợ học tập
1. Chi toàn bộ học phí, tài liệu cho cán bộ quản lý HTX học lớp do tỉnh mở, mỗi năm tối đa 2
    người một HTX.
2. Học viên ở xa từ 15 km được hỗ trợ ăn, nghỉ 200.000 đồng mỗi ngày học.
### Điều 7. Hỗ trợ đưa người trẻ về HTX
1. Người dưới 35 tuổi, có bằng từ cao đẳng, làm việc theo hợp đồng từ 12 tháng được hỗ trợ 6
    triệu đồng mỗi tháng.
2. Mỗi HTX được hỗ trợ tối đa 2 người, mỗi người không quá 36 tháng.
3. Người được hỗ trợ thôi việc trước hạn thì HTX báo trong 15 ngày và ngừng nhận tiền từ tháng kế
    tiếp.
### Điều 8. Hỗ trợ hạ tầng, máy móc
1. Hỗ trợ 60% chi phí, không quá 2 tỷ đồng mỗi dự án, cho nhà kho, sân phơi, xưởng sơ chế.
2. Hỗ trợ 50% chi phí, không quá 500 triệu đồng mỗi HTX, cho máy móc và hệ thống tưới tiết kiệm.
3. HTX đối ứng phần còn lại và cam kết dùng tài sản ít nhất 5 năm.
### Điều 9. Hỗ trợ thị trường và OCOP
1. Hỗ trợ 70% tiền thuê gian hàng, không quá 20 triệu đồng mỗi lần, mỗi năm tối đa 2 lần.
2. Sản phẩm được công nhận OCOP 3 sao được thưởng 20 triệu đồng, 4 sao được thưởng 40 triệu đồng,
    5 sao được thưởng 80 triệu đồng.
### Điều 10. Hỗ trợ chuyển đổi số
1. Hỗ trợ một lần 50% chi phí mua phần mềm kế toán, truy xuất nguồn gốc, không quá 40 triệu đồng
    mỗi HTX.
2. Liên minh HTX tỉnh mở gian hàng chung trên mạng, HTX dùng không mất phí.
## Chương III
## HỒ SƠ VÀ THỜI HẠN
### Điều 11. Hồ sơ đề nghị
1. Hồ sơ gồm:
a) đơn theo mẫu;
b) bản sao giấy đăng ký;
c) nghị quyết đại hội thành viên về nội dung xin hỗ trợ;
d) dự toán hoặc báo giá;
đ) báo cáo tài chính năm gần nhất, trừ HTX mới lập.
2. Nộp 1 bộ tại Liên minh HTX tỉnh, trực tiếp, qua bưu điện hoặc qua mạng.
### Điều 12. Thời hạn
1. Đợt 1 nhận hồ sơ đến hết ngày 31/3, đợt 2 nhận hồ sơ đến hết ngày 31/8 hằng năm.
2. Hồ sơ thiếu được báo bổ sung trong 5 ngày làm việc; HTX bổ sung trong 10 ngày làm việc.
3. Hội đồng xét trả lời trong 30 ngày kể từ ngày hết đợt nhận hồ sơ.
4. Tiền được chuyển trong 15 ngày làm việc kể từ ngày nghiệm thu.
## Chương IV
## KINH PHÍ
### Điều 13. Tổng kinh phí
1. Tổng kinh phí dự kiến giai đoạn 2026 - 2030 là 48 tỷ đồng.
2. Chia theo nguồn: ngân sách tỉnh 30 tỷ đồng, ngân sách xã, phường 6 tỷ đồng, vốn đối ứng của
    HTX 12 tỷ đồng.
3. Chia theo năm: năm 2026 là 8 tỷ đồng; các năm 2027, 2028, 2029, 2030 mỗi năm 10 tỷ đồng.
### Điều 14. Chia theo nội dung
1. Lập mới và học tập: 6 tỷ đồng.
2. Đưa người trẻ về HTX: 9 tỷ đồng.
3. Hạ tầng, máy móc: 18 tỷ đồng.
4. Thị trường và OCOP: 5 tỷ đồng.
5. Chuyển đổi số: 4 tỷ đồng.
6. Bổ sung vốn điều lệ Quỹ hỗ trợ phát triển hợp tác xã tỉnh: 6 tỷ đồng.
## Chương V
## TỔ CHỨC THỰC HIỆN
### Điều 15. Phân công
1. Liên minh HTX tỉnh là đầu mối nhận hồ sơ, theo dõi và hướng dẫn.
2. Sở Tài chính bố trí tiền và kiểm tra việc chi.
3. Sở Nông nghiệp và Môi trường lo nội dung hạ tầng nông nghiệp và OCOP.
4. UBND xã, phường xác nhận địa bàn và tham gia nghiệm thu.
### Điều 16. Báo cáo
1. HTX nhận hỗ trợ báo cáo việc dùng tiền trước ngày 30/11 hằng năm.
2. Liên minh HTX tỉnh tổng hợp, báo cáo UBND tỉnh trước ngày 20/12 hằng năm.
### Điều 17. Thu hồi
Dùng tiền sai mục đích hoặc khai không thật thì phải trả lại toàn bộ trong 60 ngày và không được
    xét trong 3 năm tiếp theo.
### Điều 18. Hiệu lực
1. Kế hoạch có hiệu lực từ ngày 01/02/2026 đến hết ngày 31/12/2030.
2. Hồ sơ đã được duyệt trước ngày 01/02/2026 làm tiếp theo quyết định cũ.
> TM. ỦY BAN NHÂN DÂN
> KT. CHỦ TỊCH, PHÓ CHỦ TỊCH
> (Bản mẫu, không ký)
"""

TRA_VINH = """
> BÁO CÁO TÓM TẮT
# Tình hình kinh tế tập thể, hợp tác xã tỉnh Trà Vinh năm 2022
Trà Vinh, ngày 16/3/2023. Kỳ số liệu: năm 2022.
(Tài liệu mẫu, viết lại từ số liệu địa phương đã công bố.)
Sáng 16/3/2023, tỉnh Trà Vinh họp tổng kết hoạt động kinh tế tập thể năm 2022 và bàn việc năm
    2023. Số liệu dưới đây là của tỉnh Trà Vinh, năm 2022.
## 1. Tổ hợp tác
Năm 2022, tỉnh Trà Vinh có 82 tổ hợp tác (THT) thành lập mới. Các THT mới lập năm 2022 ở Trà Vinh
    có 1.387 thành viên. Cũng trong năm 2022, Trà Vinh giải thể 49 THT.
Tính chung năm 2022, toàn tỉnh Trà Vinh có 1.695 THT. Cùng năm 2022, tổng số thành viên THT của
    Trà Vinh là 28.751 thành viên.
- THT nông nghiệp của Trà Vinh năm 2022: 1.825 tổ, với 33.698 thành viên.
- THT phi nông nghiệp của Trà Vinh năm 2022: 95 tổ, với 1.679 thành viên.
## 2. Hợp tác xã và quỹ tín dụng nhân dân
Năm 2022, tỉnh Trà Vinh có 23 hợp tác xã (HTX) thành lập mới. Năm 2022, Trà Vinh có 1 liên hiệp
    HTX. Tổng số HTX của Trà Vinh năm 2022 là 176 HTX.
Xét theo lĩnh vực, năm 2022 Trà Vinh có 145 HTX nông nghiệp. Số HTX phi nông nghiệp của Trà Vinh
    năm 2022 là 31 HTX.
Năm 2022, Trà Vinh còn có 16 quỹ tín dụng nhân dân. Vốn điều lệ của HTX và quỹ tín dụng nhân dân
    ở Trà Vinh năm 2022 là trên 163,8 tỷ đồng. Số thành viên của HTX và quỹ tín dụng nhân dân ở
    Trà Vinh năm 2022 là 29.450 thành viên.
## 3. Kết quả đánh giá, phân loại
Năm 2022, Trà Vinh có 136 HTX thuộc diện đủ điều kiện đánh giá. Có 17 HTX ở Trà Vinh ngừng hoạt
    động trong năm 2022. Có 23 HTX mới lập của Trà Vinh chưa đủ điều kiện đánh giá năm 2022.
- Năm 2022, Trà Vinh có 34 HTX hoạt động tốt, bằng 25%.
- Năm 2022, Trà Vinh có 55 HTX hoạt động khá, bằng 40%.
- Năm 2022, Trà Vinh có 40 HTX hoạt động trung bình, bằng 29,5%.
- Năm 2022, Trà Vinh có 7 HTX hoạt động yếu, bằng 5,5%.
Bảng 1. Phân loại HTX tỉnh Trà Vinh năm 2022
| Xếp loại | Số HTX | Tỷ lệ (%) |
| Tốt | 34 | 25 |
| Khá | 55 | 40 |
| Trung bình | 40 | 29,5 |
| Yếu | 7 | 5,5 |
| Cộng | 136 | 100 |
## 4. Nhận xét
Nhiều HTX nông nghiệp đã nối được với doanh nghiệp và nông hộ, biết áp dụng kỹ thuật mới từ khâu
    trồng đến khâu bảo quản. Thành viên tin tưởng hơn, người lao động có thêm việc.
Mặt yếu là liên kết giữa các HTX và ngay giữa thành viên còn lỏng, nhiều HTX nhỏ, khó lớn lên,
    thị trường hẹp.
## 5. Việc năm 2023
- Phổ biến chính sách, mở lớp tập huấn, đưa kỹ thuật mới về HTX.
- Sắp xếp lại HTX, siết quản lý nhà nước, huy động đoàn thể cùng làm.
- Tìm thị trường, bán hàng qua mạng và chuyển đổi số trong HTX.
- Giúp HTX lập phương án kinh doanh, thêm dịch vụ, dùng giống tốt và làm theo tiêu chuẩn an toàn.
"""

MEMBERS = """
# Tóm tắt: Thành viên và vốn góp trong hợp tác xã
Tài liệu mẫu, tóm tắt Luật 17/2023/QH15 (không thay văn bản gốc)
Hiệu lực của văn bản gốc: từ ngày 01/7/2024
## Điều 30 Luật Hợp tác xã 17/2023/QH15: ai được vào hợp tác xã
- Công dân nước ta từ đủ 18 tuổi, đủ năng lực hành vi; hộ gia đình, tổ hợp tác; pháp nhân Việt
    Nam; nhà đầu tư nước ngoài đủ điều kiện.
- Người từ đủ 15 đến dưới 18 tuổi chỉ có thể làm thành viên liên kết không góp vốn.
- Phải có đơn tự nguyện; một người có thể vào nhiều HTX nếu điều lệ không cấm.
- Trong số thành viên chính thức, phía nước ngoài phải dưới 35%.
## Điều 31 Luật Hợp tác xã 17/2023/QH15: quyền của thành viên
- Thành viên chính thức được dùng dịch vụ, chia thu nhập, dự đại hội, bỏ phiếu, ứng cử và ra khỏi
    HTX.
- Thành viên liên kết (góp vốn hay không góp vốn) khi được mời thì dự và phát biểu tại đại hội
    nhưng không được biểu quyết.
## Điều 32 Luật Hợp tác xã 17/2023/QH15: nghĩa vụ của thành viên
- Góp đủ và đúng hạn số vốn đã hứa; dùng dịch vụ đã đăng ký hoặc góp công.
- Chịu trách nhiệm về nợ của HTX trong phạm vi số vốn góp.
- Thành viên liên kết không góp vốn thì đóng phí thành viên theo điều lệ.
## Điều 33 Luật Hợp tác xã 17/2023/QH15: khi nào thôi làm thành viên
- Cá nhân chết, mất tích theo tuyên bố của Tòa án; tổ chức giải thể, phá sản; tự nguyện ra; bị
    khai trừ.
- Lâu không dùng dịch vụ hoặc không góp công, quá thời gian điều lệ cho phép.
- Đến hạn mà không góp vốn hoặc góp dưới mức tối thiểu.
## Điều 74 Luật Hợp tác xã 17/2023/QH15: góp nhiều nhất bao nhiêu, trong bao lâu
- Một thành viên chính thức góp không quá 30% vốn điều lệ của HTX; ở liên hiệp HTX là không quá
    40%.
- Mọi thành viên liên kết góp vốn cộng lại cũng không quá 30% ở HTX và 40% ở liên hiệp HTX.
- Phần góp của phía nước ngoài cộng lại không quá 30%.
- Phải góp đủ chậm nhất 6 tháng sau ngày HTX có giấy đăng ký hoặc sau ngày được kết nạp.
- Quá hạn 6 tháng, HTX có 30 ngày để đăng ký lại vốn điều lệ theo số thực góp.
## Điều 75 Luật Hợp tác xã 17/2023/QH15: giấy chứng nhận phần vốn góp
Góp đủ thì được cấp giấy và ghi vào sổ thành viên. Giấy mất hoặc hỏng thì xin cấp lại theo thủ
    tục trong điều lệ.
## Điều 83 Luật Hợp tác xã 17/2023/QH15: cho vay nội bộ
- HTX chỉ cho thành viên chính thức vay, mỗi khoản không quá 12 tháng và không nhằm kiếm lời.
- HTX phải theo kiểu quản trị đầy đủ, ban kiểm soát có từ 3 người; đại hội thông qua và điều lệ
    có ghi.
- Không lấy tiền huy động để cho vay; phải có sổ sách riêng.
## Điều 84 Luật Hợp tác xã 17/2023/QH15: quỹ chung không chia
- Thu nhập từ giao dịch bên ngoài phải trích vào quỹ ít nhất 5% đối với HTX, ít nhất 10% đối với
    liên hiệp HTX.
- Thu nhập từ giao dịch nội bộ trích theo tỷ lệ của điều lệ.
## Điều 86 Luật Hợp tác xã 17/2023/QH15: chia thu nhập
- Trích quỹ, nộp thuế, bù lỗ xong mới chia.
- Phần còn lại của thu nhập nội bộ: ít nhất 51% chia cho thành viên chính thức theo mức dùng dịch
    vụ và mức góp công; phần kia chia theo vốn góp.
- Phần còn lại của thu nhập bên ngoài: chia theo điều lệ.
## Điều 90 Luật Hợp tác xã 17/2023/QH15: trả lại và thừa kế vốn góp
- Thôi làm thành viên hoặc góp quá mức tối đa thì được trả lại vốn, sau khi đã làm xong nghĩa vụ
    tài chính.
- Thành viên là cá nhân qua đời: người thừa kế đủ điều kiện và muốn vào thì trở thành thành viên;
    không vào thì nhận thừa kế phần vốn góp.
- Điều này chỉ nói về trả lại và thừa kế, không nói về bán lại phần vốn góp cho người khác.
"""

CHARTER = """
> HTX DỊCH VỤ NÔNG NGHIỆP SÔNG XANH
> CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
> Độc lập - Tự do - Hạnh phúc
> Số: 01/ĐL-HTX
> Sông Xanh, ngày 15 tháng 3 năm 2025
> ĐIỀU LỆ
# Điều lệ mẫu hợp tác xã: HTX Dịch vụ nông nghiệp Sông Xanh
(Bản mẫu do nhóm dự án soạn theo Luật Hợp tác xã 17/2023/QH15. HTX Sông Xanh không có thật; HTX
    dùng lại cần sửa cho hợp với mình.)
## Chương I
## THÔNG TIN CHUNG
### Điều 1. Tên, trụ sở
1. Tên đầy đủ: Hợp tác xã Dịch vụ nông nghiệp Sông Xanh; tên gọi tắt: HTX Sông Xanh.
2. Trụ sở: thôn Bến Đò, xã Sông Xanh.
### Điều 2. Ngành, nghề
1. Dịch vụ làm đất, tưới tiêu, gieo cấy, thu hoạch lúa.
2. Cung ứng giống, phân bón; sấy, trữ và bán lúa gạo.
### Điều 3. Tư cách và con dấu
1. HTX Sông Xanh là pháp nhân, có 1 con dấu tròn do giám đốc giữ.
2. Dấu chỉ đóng lên văn bản đã có chữ ký của người có quyền ký.
### Điều 4. Người đại diện theo pháp luật
1. HTX Sông Xanh có 1 người đại diện theo pháp luật là giám đốc.
2. Giám đốc vắng quá 15 ngày thì ủy quyền bằng văn bản cho phó giám đốc.
## Chương II
## THÀNH VIÊN
### Điều 5. Các loại thành viên
1. Thành viên chính thức: góp vốn và dùng dịch vụ hoặc góp công.
2. Nhóm liên kết góp vốn: chỉ góp vốn.
3. Nhóm liên kết không góp vốn: dùng dịch vụ hoặc góp công, đóng phí thành viên 200.000 đồng mỗi
    năm.
### Điều 6. Kết nạp
1. Người muốn vào nộp đơn cho hội đồng quản trị.
2. Hội đồng quản trị trả lời trong 15 ngày kể từ ngày nhận đơn.
3. Bị từ chối thì người nộp đơn được nghe lý do và có thể đề nghị đại hội xem lại.
### Điều 7. Quyền của thành viên
1. Thành viên chính thức có các quyền:
a) dùng dịch vụ với giá dành cho thành viên;
b) được chia thu nhập;
c) dự đại hội, bỏ phiếu, ứng cử;
d) xem sổ sách đã công khai.
2. Thành viên liên kết dự đại hội khi được mời, nói ý kiến nhưng không bỏ phiếu.
### Điều 8. Nghĩa vụ của thành viên
1. Góp vốn đủ và đúng hạn.
2. Mỗi năm dùng ít nhất 2 loại dịch vụ của HTX Sông Xanh, tổng giá trị từ 1 triệu đồng.
3. Giữ uy tín của HTX, đền bù khi làm thiệt hại.
### Điều 9. Thôi làm thành viên
1. Ra khỏi HTX Sông Xanh thì báo trước 30 ngày bằng văn bản.
2. Thành viên bị khai trừ khi:
a) vi phạm điều lệ từ 3 lần trong một năm dù đã nhắc;
b) không dùng dịch vụ và không góp công 24 tháng liền.
3. Hội đồng quản trị quyết định và báo cáo đại hội gần nhất.
### Điều 10. Trả lại vốn, thừa kế
1. Vốn góp được trả trong 90 ngày kể từ ngày thôi làm thành viên, sau khi trừ nợ.
2. Thành viên qua đời thì người thừa kế được vào thay hoặc nhận lại phần vốn góp.
## Chương III
## VỐN VÀ TÀI SẢN
### Điều 11. Vốn điều lệ
1. Vốn điều lệ khi thành lập là 600 triệu đồng, do 60 thành viên góp.
2. Vốn góp tối thiểu là 5 triệu đồng; vốn góp tối đa là 20% vốn điều lệ, tức 120 triệu đồng.
### Điều 12. Cách góp và hạn góp
1. Góp bằng tiền, máy móc hoặc quyền sử dụng đất.
2. Góp đủ trong 6 tháng kể từ ngày được kết nạp, lần đầu ít nhất 50%.
### Điều 13. Định giá tài sản góp
1. Tổ định giá gồm 3 người do đại hội cử.
2. Tài sản trên 100 triệu đồng phải thuê tổ chức thẩm định giá.
### Điều 14. Giấy chứng nhận vốn góp
1. Giấy được cấp trong 10 ngày kể từ ngày góp đủ.
2. Mất giấy thì làm đơn; giấy mới được cấp trong 7 ngày.
### Điều 15. Tăng, giảm vốn
1. Tăng vốn khi nhận thành viên mới hoặc thành viên góp thêm.
2. Giảm vốn chỉ khi vẫn trả đủ nợ.
### Điều 16. Cho vay nội bộ
1. Chỉ thành viên chính thức được vay, tối đa 30 triệu đồng một người, không quá 12 tháng.
2. Tiền cho vay không lấy từ vốn huy động; sổ cho vay ghi riêng.
3. Trả chậm quá 30 ngày thì hội đồng quản trị lập biên bản và tạm ngừng cho vay mới với người đó.
## Chương IV
## BỘ MÁY
### Điều 17. Kiểu quản trị
HTX Sông Xanh chọn kiểu quản trị đầy đủ, gồm bốn bộ phận: đại hội của thành viên; hội đồng quản
    trị; ban kiểm soát; giám đốc.
### Điều 18. Đại hội thành viên
1. Đại hội thường niên họp trong quý I hằng năm theo hình thức toàn thể.
2. Giấy mời gửi trước ít nhất 7 ngày, kèm tài liệu.
3. Họp được khi có ít nhất 50% thành viên chính thức; lần hai cần 33%.
### Điều 19. Biểu quyết
1. Mỗi thành viên chính thức có 1 phiếu.
2. Sửa điều lệ, giải thể, đầu tư hoặc bán tài sản từ 20% tổng tài sản: cần ít nhất 65% phiếu
    thuận.
3. Việc khác: cần trên 50% phiếu thuận.
### Điều 20. Hội đồng quản trị
1. Hội đồng gồm 5 người, nhiệm kỳ 5 năm, bầu bằng phiếu kín.
2. Họp mỗi tháng 1 lần, vào ngày 5; có mặt từ 4 người thì họp được.
### Điều 21. Giám đốc
1. Giám đốc do hội đồng quản trị bổ nhiệm, nhiệm kỳ 5 năm.
2. Giám đốc tự quyết khoản chi đến 50 triệu đồng; trên mức đó phải xin hội đồng quản trị.
### Điều 22. Ban kiểm soát
1. Ban kiểm soát có 3 người, nhiệm kỳ 5 năm.
2. Ban kiểm tra sổ sách mỗi quý 1 lần và báo cáo đại hội.
### Điều 23. Kế toán, thủ quỹ
1. Kế toán có chuyên môn kế toán; kế toán không làm thủ quỹ.
2. Tiền mặt tại quỹ không quá 20 triệu đồng, phần còn lại gửi ngân hàng.
### Điều 24. Thù lao
1. Thù lao của ban kiểm soát và hội đồng quản trị do đại hội quyết định từng năm.
2. Tổng thù lao không quá 10% lợi nhuận sau thuế.
## Chương V
## TÀI CHÍNH VÀ PHÂN PHỐI
### Điều 25. Giao dịch nội bộ
1. Giao dịch nội bộ chiếm ít nhất 60% doanh thu mỗi năm.
2. Sổ giao dịch nội bộ tách khỏi sổ giao dịch bên ngoài.
### Điều 26. Trích quỹ
1. Quỹ chung không chia: 10% thu nhập từ giao dịch bên ngoài, 5% thu nhập từ giao dịch nội bộ.
2. Quỹ phát triển sản xuất: 20% thu nhập sau thuế.
3. Quỹ phúc lợi, khen thưởng: 5% thu nhập sau thuế.
### Điều 27. Chia thu nhập
1. Thu nhập nội bộ còn lại: 70% chia theo mức dùng dịch vụ và góp công, 30% chia theo vốn góp.
2. Thu nhập bên ngoài còn lại: chia theo vốn góp.
3. Tiền được chia trong 30 ngày sau đại hội thường niên.
### Điều 28. Xử lý lỗ, nợ quá hạn
1. Lỗ được chuyển sang năm sau; lỗ 2 năm liền thì giám đốc trình phương án khắc phục.
2. Thành viên nợ tiền dịch vụ quá 60 ngày thì tạm ngừng mua chịu.
### Điều 29. Công khai
Nghị quyết, báo cáo tài chính, sổ quỹ chung không chia được dán tại trụ sở trong 5 ngày làm việc
    và giữ 30 ngày.
## Chương VI
## ĐIỀU KHOẢN CUỐI
### Điều 30. Tranh chấp
1. Tranh chấp được hòa giải ở tổ hòa giải của HTX trong 20 ngày.
2. Không xong thì nhờ UBND xã hoặc Tòa án.
### Điều 31. Sửa điều lệ
Điều lệ chỉ được sửa tại đại hội với ít nhất 65% phiếu thuận.
### Điều 32. Hiệu lực
Điều lệ này có hiệu lực từ ngày 15/3/2025, ngày hội nghị thành lập thông qua.
> TM. HỘI NGHỊ THÀNH LẬP
> CHỦ TỊCH HỘI ĐỒNG QUẢN TRỊ
> (Bản mẫu, không ký)
"""

DEADLINES = """
# Bảng nhắc việc: các mốc thời hạn hợp tác xã cần nhớ
Tài liệu mẫu để giám đốc, kế toán HTX tra nhanh (không thay văn bản gốc). Cột cuối ghi điều luật
    để mở lại bản tóm tắt tương ứng.
## Lịch trong năm
| Việc | Hạn | Căn cứ |
| Họp đại hội thành viên thường niên | trong 4 tháng sau khi hết năm tài chính | Điều 59 Luật
    17/2023/QH15 |
| Gửi bảng tự chấm điểm HTX nông nghiệp | trước ngày 01/4 hằng năm | Điều 5 Thông tư
    09/2017/TT-BNNPTNT |
| Công khai kết quả xếp loại với thành viên | sau ngày 15/4 nếu không ai có ý kiến | Điều 5 Thông
    tư 09/2017/TT-BNNPTNT |
| Nhập số liệu lên hệ thống thông tin quốc gia | chậm nhất ngày 15/12 hằng năm | Điều 6 Thông tư
    09/2024/TT-BKHĐT |
| Tổ hợp tác gửi báo cáo cho UBND cấp xã | trước ngày 16/12 hằng năm | Điều 29 Nghị định
    77/2019/NĐ-CP |
## Khi có việc phát sinh
| Việc | Hạn | Căn cứ |
| Đăng ký đổi tên, trụ sở, người đại diện | trong 10 ngày kể từ khi đổi | Điều 47 Luật
    17/2023/QH15 |
| Báo đổi ngành nghề, thông tin thuế | trong 10 ngày kể từ khi đổi | Điều 48 Luật 17/2023/QH15 |
| Sửa hồ sơ đăng ký bị trả lại | trong 60 ngày kể từ thông báo | Điều 19 Nghị định 92/2024/NĐ-CP
    |
| Thành viên góp đủ vốn | chậm nhất 6 tháng | Điều 74 Luật 17/2023/QH15 |
| Gửi giấy mời họp đại hội | ít nhất 3 ngày trước đại hội | Điều 60 Luật 17/2023/QH15 |
| Dán công khai nghị quyết, báo cáo tài chính | trong 5 ngày làm việc, giữ ít nhất 30 ngày | Điều
    14 Luật 17/2023/QH15 |
| Báo tạm ngừng kinh doanh | ít nhất 3 ngày làm việc trước khi nghỉ | Điều 96 Luật 17/2023/QH15 |
| Báo lập doanh nghiệp của HTX | trong 10 ngày làm việc | Điều 81 Luật 17/2023/QH15 |
| Gửi nghị quyết giải thể | trong 7 ngày làm việc | Điều 98 Luật 17/2023/QH15 |
## Cách dùng bảng
- Đầu năm, in bảng và dán ở phòng làm việc.
- Mỗi mốc giao cho một người, ghi ngày làm xong.
- Thấy hạn trong bảng khác với văn bản gốc thì theo văn bản gốc.
"""

Cell = str | int | float | None

BY_YEAR: list[list[Cell]] = [
    [2013, 18891, 917, 44],
    [2014, 19446, 947, 46],
    [2015, 19663, 1274, 47],
    [2016, 18859, 1678, 42],
    [2017, 20846, 2326, 59],
    [2018, 22456, 2390, 74],
]
LATEST: list[list[Cell]] = [
    ["Tổng số HTX", "HTX", 27342, 29378, 2036, "7%"],
    ["Số liên hiệp HTX", "liên hiệp", None, 125, 18, "khoảng 17%"],
    ["Số tổ hợp tác", "tổ hợp tác", None, 71000, None, None],
    ["Tổng số thành viên HTX", "nghìn người", None, 5935, 243, "khoảng 4%"],
    ["Số HTX tham gia liên hiệp HTX", "HTX", None, 851, 183, "khoảng 27%"],
]


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or table row, and what it is."""

    kind: str
    text: str


def blocks(source: str) -> Iterator[Block]:
    """Reads a text in the form that the head of this file describes."""
    joined = re.sub(r"\n +", " ", source.strip())
    for line in joined.split("\n"):
        mark, _, rest = line.partition(" ")
        if mark in MARKS:
            yield Block(MARKS[mark], rest)
        else:
            yield Block("text", line)


def cells(row: Block) -> list[str]:
    """Splits a table row."""
    return [cell.strip() for cell in row.text.strip("| ").split("|")]


class Pdf(FPDF):
    """A4 pages with a running header and "Trang 1/3" at the foot."""

    def __init__(self, running: str) -> None:
        super().__init__(format="A4")
        self.running = running
        self.add_font("DejaVu", "", FONTS / "DejaVuSans.ttf")
        self.add_font("DejaVu", "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_creation_date(MADE)
        self.set_margins(25, 22, 22)
        self.set_auto_page_break(auto=True, margin=25)

    def header(self) -> None:
        """Prints the running header."""
        self.set_font("DejaVu", "", 9)
        self.cell(0, 6, self.running, align="R", new_x="LMARGIN", new_y="NEXT")
        self.ln(4)

    def footer(self) -> None:
        """Prints the page number."""
        self.set_y(-15)
        self.set_font("DejaVu", "", 9)
        self.cell(0, 6, f"Trang {self.page_no()}/{{nb}}", align="C")


def make_pdf(name: str, source: str, running: str) -> None:
    """Writes a text as a pdf with a real text layer."""
    pdf = Pdf(running)
    pdf.add_page()
    for block in blocks(source):
        if block.kind in SIZES and pdf.will_page_break(4 * LINE):
            pdf.add_page()  # a heading stays with what follows it
        pdf.set_font("DejaVu", "B" if block.kind in SIZES else "", SIZES.get(block.kind, BODY_SIZE))
        centred = block.kind in {"centred", "title"}
        text = f"- {block.text}" if block.kind == "item" else block.text
        pdf.multi_cell(0, LINE, text, align="C" if centred else "L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(1.5)
    pdf.output(str(SAMPLES / name))


def add_table(document: docx.document.Document, rows: list[list[str]]) -> None:
    """Adds a table whose first row is marked as a header that repeats on every page."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        added = table.add_row()
        for cell, text in zip(added.cells, row, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.bold = number == 0
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (no API)


def make_docx(name: str, source: str) -> None:
    """Writes a text as a docx with heading styles, lists and tables."""
    document = docx.Document()
    levels = {"title": 0, "heading": 1, "lower": 2}
    rows: list[list[str]] = []
    for block in [*blocks(source), Block("end", "")]:
        if block.kind == "row":
            rows.append(cells(block))
            continue
        if rows:
            add_table(document, rows)
            rows = []
        if block.kind in levels:
            document.add_heading(block.text, levels[block.kind])
        elif block.kind == "item":
            document.add_paragraph(block.text, style="List Bullet")
        elif block.text:
            paragraph = document.add_paragraph(block.text)
            if block.kind == "centred":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.core_properties.author = "Trợ lý HTX"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = MADE
    document.save(str(SAMPLES / name))
    freeze(SAMPLES / name)


def fill(sheet: Worksheet, title: str, unit: str, header: list[list[Cell]]) -> None:
    """Writes title, unit line and a header of two rows, in bold."""
    width = len(header[0])
    rows: list[list[Cell]] = [[title], [unit], *header]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    for row_of_cells in sheet.iter_rows(min_row=1, max_row=4):
        for cell in row_of_cells:
            cell.font = Font(bold=cell.row != 2)  # noqa: PLR2004 (the unit line is not bold)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for letter in "ABCDEF":
        sheet.column_dimensions[letter].width = 18


def make_national(name: str) -> None:
    """Writes the national statistics: one sheet by year, one for the latest two years."""
    book = Workbook()
    sheet = book.create_sheet("2013-2018", 0)
    fill(
        sheet,
        "HTX và liên hiệp HTX cả nước theo năm, 2013 - 2018",
        "ĐVT: HTX (cột cuối: liên hiệp HTX)",
        [
            ["Năm", "Hợp tác xã cả nước", None, "Số liên hiệp HTX"],
            [None, "Tổng số HTX", "Số HTX thành lập mới", None],
        ],
    )
    for area in ("A3:A4", "B3:C3", "D3:D4"):
        sheet.merge_cells(area)
    for row in BY_YEAR:
        sheet.append(row)
    sheet.append([])
    sheet.append(["Ghi chú: số có đến 31/12; riêng HTX thành lập mới là số phát sinh trong năm."])

    sheet = book.create_sheet("2021-2022", 1)
    fill(
        sheet,
        "Kinh tế tập thể cả nước năm 2022 so với năm 2021 (số ước)",
        "ĐVT: ghi ở cột B",
        [
            ["Chỉ tiêu", "ĐVT", "Cả nước", None, "Năm 2022 tăng so với năm 2021", None],
            [None, None, "Ngày 31/12/2021", "Năm 2022", "Số tăng thêm", "Mức tăng (%)"],
        ],
    )
    for area in ("A3:A4", "B3:B4", "C3:D3", "E3:F3"):
        sheet.merge_cells(area)
    for row in LATEST:
        sheet.append(row)
    sheet.append([])
    sheet.append(["Ghi chú: ô trống là không có số liệu."])
    del book["Sheet"]
    book.save(SAMPLES / name)
    freeze(SAMPLES / name)


def freeze(path: Path) -> None:
    """Rewrites an Office file with fixed dates, so that the same content has the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(entry, archive.read(entry)) for entry in archive.namelist()]
    stamp = rb"\g<1>" + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts:
            dated = content
            if entry == "docProps/core.xml":
                dated = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", stamp, content)
            archive.writestr(
                zipfile.ZipInfo(entry, ZIP_DATE), dated, compress_type=zipfile.ZIP_DEFLATED
            )


def main() -> None:
    """Makes every binary sample."""
    make_pdf(
        "bao-cao-ca-mau-8-2023.pdf", CA_MAU, "Bản tin kinh tế tập thể tỉnh Cà Mau, tháng 8/2023"
    )
    make_pdf("tom-tat-quy-ho-tro-htx.pdf", LOAN_FUND, "Tài liệu mẫu - Vay vốn Quỹ hỗ trợ")
    make_pdf("ke-hoach-ho-tro-2026-2030.pdf", PLAN, "Kế hoạch số 15/KH-UBND (văn bản mẫu)")
    make_docx("bao-cao-tra-vinh-2022.docx", TRA_VINH)
    make_docx("tom-tat-thanh-vien-va-von-gop.docx", MEMBERS)
    make_docx("dieu-le-mau-htx-song-xanh.docx", CHARTER)
    make_docx("bang-moc-thoi-han-htx.docx", DEADLINES)
    make_national("thong-ke-htx-ca-nuoc.xlsx")


if __name__ == "__main__":
    main()
